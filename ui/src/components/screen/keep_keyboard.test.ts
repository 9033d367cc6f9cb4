import { beforeEach, describe, expect, test } from "vitest";
import { keepKeyboard } from "./keep_keyboard";

const root = document.createElement("main");
const part = <Kind extends HTMLElement>(id: string) => document.getElementById(id) as Kind;
const now = () => document.activeElement?.id || document.activeElement?.tagName;
let leave = () => {};

/** The observer answers after the change. */
const settle = () => Promise.resolve();

beforeEach(() => {
  leave();
  root.innerHTML = `
    <header><button id="back"></button><h1 id="title" tabindex="-1"></h1></header>
    <div id="first"><button id="one"></button><span><button id="less"></button><input id="value"></span></div>
    <div id="second"><button id="two"></button></div>`;
  document.body.append(root);
  leave = keepKeyboard(root);
});

describe("the keyboard", () => {
  test("stays beside what can be pressed no longer", async () => {
    part("less").focus();
    part<HTMLButtonElement>("less").disabled = true;
    await settle();
    expect(now()).toBe("value");
  });

  test("goes to what stood before what went away", async () => {
    part("two").focus();
    part("two").remove();
    await settle();
    expect(now()).toBe("value");
  });

  test("begins at the heading where everything around it went", async () => {
    part("two").focus();
    part("second").remove();
    await settle();
    expect(now()).toBe("title");
  });

  test("stays where somebody else has put it", async () => {
    part("two").focus();
    part("two").remove();
    part("back").focus();
    await settle();
    expect(now()).toBe("back");
  });

  test("is left alone where it was elsewhere, and where nothing went that it stood on", async () => {
    part("two").focus();
    part("two").blur();
    part("one").remove();
    await settle();
    expect(now()).toBe("BODY");
  });

  test("is not kept any more once the screen has gone", async () => {
    part("two").focus();
    leave();
    part("two").remove();
    await settle();
    expect(now()).toBe("BODY");
  });
});
