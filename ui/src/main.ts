import { mount } from "svelte";
import App from "./App.svelte";
import { chooseBackend } from "./backend";
import { locale } from "./state/locale.svelte";
import { Session } from "./state/session.svelte";
import "./base.css";

locale.choose("");
const target = document.getElementById("app");
if (target) mount(App, { target, props: { session: new Session(await chooseBackend()) } });
