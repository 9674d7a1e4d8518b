// What the browser tests stand on: a server with voters, spoken to over its public API.
//   HUSTINGS_URL       its address, "http://127.0.0.1:8480"
//   HUSTINGS_EMAIL     an administrator's e-mail address
//   HUSTINGS_PASSWORD  and password
// The voters must be there; everything else is made here, with names of its own.
import { randomInt, randomUUID } from "node:crypto";

function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; see web/e2e/campaign.mjs`);
  return value;
}

export const url = () => setting("HUSTINGS_URL").replace(/\/$/, "");
export const email = () => setting("HUSTINGS_EMAIL");
export const password = () => setting("HUSTINGS_PASSWORD");

/// One session on the API, as a browser has it.
export class Api {
  #cookie = "";
  #csrf = "";

  static async administrator() {
    const api = new Api();
    await api.post("/v1/session", { email: email(), password: password() });
    return api;
  }

  async call(method, path, body) {
    const answer = await fetch(url() + path, {
      method,
      headers: {
        ...(this.#cookie && { cookie: this.#cookie }),
        ...(this.#csrf && { "x-hustings-csrf": this.#csrf }),
        ...(body !== undefined && typeof body !== "string" &&
          { "content-type": "application/json" }),
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const cookie = answer.headers.get("set-cookie");
    if (cookie) this.#cookie = cookie.split(";")[0];
    const text = await answer.text();
    const given = text === "" ? {} : JSON.parse(text);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    if (given.csrf) this.#csrf = given.csrf;
    return given;
  }
  get = (path) => this.call("GET", path);
  post = (path, body = {}) => this.call("POST", path, body);
  upload = (name, text) => this.call("PUT", `/v1/uploads?name=${encodeURIComponent(name)}`, text);

  /// The session for a browser's context.
  cookieFor() {
    const at = this.#cookie.indexOf("=");
    return { name: this.#cookie.slice(0, at), value: this.#cookie.slice(at + 1), url: url() };
  }
}

/// An open phone bank over everybody with a phone, whose script asks one question of each kind.
export async function openPhonebank(api) {
  const mark = randomUUID().slice(0, 8);
  const rule = { all: [{ field: "has_phone", is: true }] };
  const segment = await api.post("/v1/segments", { name: `Browser ${mark}`, rule });
  const list = await api.post("/v1/lists", {
    name: `Browser ${mark}`, segment: segment.id, holdout_percent: 0, size_max: 400,
    seed: randomInt(1e9) });  // else each phone bank starts with the numbers of the one before
  const script = await api.post("/v1/scripts", {
    name: `Browser ${mark}`,
    introduction: "Hello, is this {first_name}? My name is {caller}.",
    closing: "Thank you, {first_name}!",
    questions: [
      { key: `support_${mark}`, kind: "choice", text: "Whom do you support?",
        choices: ["Ours", "Undecided", "The other side"] },
      { key: `sure_${mark}`, kind: "scale", text: "How sure are you to vote?",
        choices: ["1", "2", "3", "4", "5"] },
      { key: `words_${mark}`, kind: "text", text: "What matters most to you?", choices: [] },
    ] });
  const bank = await api.post("/v1/phonebanks", {
    name: `Browser ${mark}`, list: list.id, script: script.id, retry_minutes: 240,
    lease_seconds: 300, attempts_max: 3, opens: "00:00", closes: "24:00",
    country: "" });  // whatever the hour, and whatever country another test has chosen
  await api.post(`/v1/phonebanks/${bank.id}/state`, { state: "open" });
  const link = await api.post(`/v1/phonebanks/${bank.id}/join-links`,
    { hours_valid: 4, uses_max: 100 });
  return { segment, list, script, bank, link };
}

/// Asks until `condition` gives something true, and gives that.
export async function until(condition, what, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
