import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeBackend } from "../backend/fake/fake";
import type { CustomerView } from "../backend/generated/CustomerView";
import { Customer } from "./customer.svelte";
import { Remark } from "./remark.svelte";

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the customer of the open thread", () => {
  let backend: FakeBackend;
  let customer: Customer;
  beforeEach(() => {
    backend = new FakeBackend({ now: new Date(2026, 10, 20, 14).getTime() });
    customer = new Customer(backend);
  });

  test("of the one before nothing stays while the next is loading, and his late answer is dropped", async () => {
    const waiting = new Map<number, (view: CustomerView) => void>();
    const real = backend.customer;
    const stop = customer.follow(1);
    await settle();
    expect(customer.view?.name.text).toBe("Marta Oliveira");
    backend.customer = (id) => new Promise((resolve) => waiting.set(id, resolve));
    void customer.reload();
    stop();
    customer.follow(2);
    expect(customer.view).toBeNull();
    waiting.get(2)?.(await real(2));
    await settle();
    waiting.get(1)?.(await real(1));
    await settle();
    expect(customer.view?.name.text).toBe("Jonas Brandt");
  });

  test("a change of this thread is read, of another one not", async () => {
    customer.follow(1);
    await settle();
    const asked = vi.spyOn(backend, "customer");
    await backend.describeCustomer(2, { kind: "note", text: "x" });
    expect(asked).not.toHaveBeenCalled();
    await backend.describeCustomer(1, { kind: "note", text: "no nuts" });
    await settle();
    expect(customer.view?.note).toBe("no nuts");
  });

  test("a merge joins two, and what comes back undoes it", async () => {
    customer.follow(1);
    const before = backend.thread(1).messages.length;
    const undo = await customer.merge(1, 2);
    expect(customer.view?.merges.map(({ names }) => names)).toEqual([["Marta Oliveira", "Jonas Brandt"]]);
    expect(backend.threads.some(({ id }) => id === 2)).toBe(false);
    await undo();
    expect(customer.view?.merges).toEqual([]);
    expect(backend.thread(1).messages.length).toBe(before);
    expect(backend.thread(2).name.text).toBe("Jonas Brandt");
  });

  test("only who wrote in the last day can be blocked", async () => {
    customer.follow(1);
    expect(await customer.block(1, true)).toEqual({ kind: "done" });
    expect(customer.view?.blocked).toBe(true);
    expect(await new Customer(backend).block(10, true)).toEqual({ kind: "not_recent" });
  });
});

describe("the note", () => {
  let saved: string[];
  let fails: boolean;
  let remark: Remark;
  beforeEach(() => {
    vi.useFakeTimers();
    saved = [];
    fails = false;
    remark = new Remark("old", (text) => {
      if (fails) return Promise.reject(new Error("broken"));
      saved.push(text);
      return Promise.resolve();
    });
  });
  afterEach(() => void vi.useRealTimers());

  test("is saved once somebody pauses", async () => {
    remark.type("n");
    remark.type("new");
    expect(remark.state).toBe("typing");
    await vi.advanceTimersByTimeAsync(700);
    expect(saved).toEqual(["new"]);
    expect(remark.state).toBe("saved");
  });

  test("is saved at once when it is left, and not twice", async () => {
    remark.type("new");
    await remark.flush();
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved).toEqual(["new"]);
  });

  test("keeps what is typed when it could not be saved, and says so", async () => {
    fails = true;
    remark.type("new");
    await remark.flush();
    expect(remark.state).toBe("failed");
    expect(remark.text).toBe("new");
    fails = false;
    remark.type("new!");
    await remark.flush();
    expect(saved).toEqual(["new!"]);
  });

  test("takes over what another wrote, unless somebody is typing", () => {
    remark.adopt("theirs");
    expect(remark.text).toBe("theirs");
    remark.type("mine");
    remark.adopt("theirs again");
    expect(remark.text).toBe("mine");
  });
});
