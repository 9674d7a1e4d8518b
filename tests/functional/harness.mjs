// What the whole-program tests stand on: the real binary with a database of its own, invented
// voters, and a client that speaks the public API. Nothing here knows a fixed port or a fixed path.
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const buildDir = process.env.HUSTINGS_BUILD_DIR ?? "build/release";
export const program = join(buildDir, "hustings");
const makePeople = join(buildDir, "make_people");
// Logs and what they may not hold; tools/check_logs looks at them after all tests.
const logFolder = process.env.HUSTINGS_LOG_DIR;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// Waits until `condition` gives something true, and gives that.
export async function until(condition, what, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for: ${what}`);
    await sleep(20);
  }
}

const folders = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/// A folder that the database's user can enter too, removed at the end, when all servers have stopped.
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "hustings-functional-"));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

/// Runs a command to its end: {code, stdout, stderr}.
export async function run(file, args, options = {}) {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const out = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (out.stdout += data));
  child.stderr.on("data", (data) => (out.stderr += data));
  const [code] = await once(child, "close");
  keepText("shell", out.stderr);
  return { code, ...out };
}
export const hustings = (...args) => run(program, args);

/// An invented electorate: files ncvoter.txt, ncvhis.txt, scores.csv, truth.csv in a folder.
export async function inventVoters(t, { voters = 2000, seed = 7, extra = [] } = {}) {
  const folder = temporaryFolder();
  const made = await run(makePeople, [
    "--voters", String(voters), "--seed", String(seed), "--out", folder, ...extra,
  ]);
  if (made.code !== 0) throw new Error(made.stderr);
  notePersonalData(join(folder, "ncvoter.txt"));
  return {
    roll: join(folder, "ncvoter.txt"),
    history: join(folder, "ncvhis.txt"),
    scores: join(folder, "scores.csv"),
    broken: join(folder, "broken.csv"),
  };
}

function notePersonalData(roll) {
  if (!logFolder) return;
  mkdirSync(logFolder, { recursive: true });
  const [header, ...lines] = readFileSync(roll, "latin1").split("\n");
  const fields = (line) => line.split("\t").map((f) => f.trim().replace(/^"|"$/g, "").trim());
  const names = fields(header);
  const at = (name) => names.indexOf(name);
  const needles = new Set();
  for (const line of lines) {
    const row = fields(line);
    if (row.length !== names.length) continue;
    needles.add(`${row[at("first_name")]} ${row[at("last_name")]}`);
    needles.add(`${row[at("last_name")]}, ${row[at("first_name")]}`);
    if (/^\d{10}$/.test(row[at("full_phone_number")])) needles.add(row[at("full_phone_number")]);
    const street = row[at("res_street_address")].replace(/\s+/g, " ");
    if (/^\d+ \S+ \S+/.test(street)) needles.add(street);
  }
  for (const name of ["ada", "lea", "dora"]) needles.add(`${name}@example.org`);
  appendFileSync(join(logFolder, "personal-data.txt"), `${[...needles].join("\n")}\n`);
}

/// Keeps what other programs said, for the same check.
function keepText(name, text) {
  if (!logFolder || text === "") return;
  mkdirSync(logFolder, { recursive: true });
  appendFileSync(join(logFolder, `${name}-${basename(process.argv[1])}-${process.pid}.txt`), text);
}

/// `hustings serve` with a data directory of its own.
export class Server {
  static async start(t, { dataDir = join(temporaryFolder(), "data"), args = [] } = {}) {
    const server = new Server();
    server.dataDir = dataDir;
    server.args = args;
    t.after(() => server.stop());
    await server.launch();
    return server;
  }

  async launch() {
    this.stdout = "";
    this.stderr = "";
    this.child = spawn(program, ["serve", "--data", this.dataDir, "--port", "0", ...this.args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.closed = once(this.child, "close");
    this.child.stdout.on("data", (data) => (this.stdout += data));
    this.child.stderr.on("data", (data) => {
      this.stderr += data;
      if (!logFolder) return;
      mkdirSync(logFolder, { recursive: true });
      appendFileSync(join(logFolder, `${basename(process.argv[1])}-${process.pid}.log`), data);
    });
    await until(
      () => {
        if (this.child.exitCode !== null) throw new Error(`serve ended: ${this.stderr}`);
        return this.stdout.includes("Ctrl-C");
      },
      "the server to listen",
      90,
    );
    this.url = /http:\/\/[0-9.]+:\d+/.exec(this.stdout)[0];
  }

  /// The one-time link for the first administrator that the first start prints.
  get setupToken() {
    return /\/enter\?token=(\S+)/.exec(this.stdout)?.[1];
  }

  async stop(signal = "SIGTERM") {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await this.closed;
    const log = join(this.dataDir, "postgres.log");
    if (existsSync(log)) keepText("postgres", readFileSync(log, "utf8"));
  }

  async restart() {
    await this.stop();
    await this.launch();
  }

  /// A client signed in as the first administrator.
  async administrator() {
    const client = new Client(this.url);
    const password = randomUUID();
    await client.post("/v1/session/link", {
      token: this.setupToken, name: "Ada Admin", email: "ada@example.org", password,
    });
    this.password = password;
    return client;
  }
}

/// One session on the public API, as a browser has it.
export class Client {
  constructor(url) {
    this.url = url;
    this.cookie = "";
    this.csrf = "";
  }

  /// {status, body, headers}; never throws for a refusal.
  async call(method, path, body, headers = {}) {
    const isText = typeof body === "string" || body instanceof Uint8Array;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(this.csrf && { "x-hustings-csrf": this.csrf }),
        ...(body !== undefined && !isText && { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined || isText ? body : JSON.stringify(body),
    });
    const cookie = response.headers.get("set-cookie");
    if (cookie) this.cookie = cookie.split(";")[0];
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    const answer = isJson && text !== "" ? JSON.parse(text) : text;
    if (answer?.csrf) this.csrf = answer.csrf;
    return { status: response.status, body: answer, headers: response.headers };
  }

  /// The body of a call that must succeed.
  async must(method, path, body, headers) {
    const answer = await this.call(method, path, body, headers);
    if (answer.status >= 400) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
  get = (path) => this.must("GET", path);
  post = (path, body = {}) => this.must("POST", path, body);

  /// Uploads a file and imports it; the finished import, whatever became of it.
  async import(file, layout, more = {}) {
    const name = encodeURIComponent(basename(file));
    const { upload } = await this.must("PUT", `/v1/uploads?name=${name}`, readFileSync(file));
    const started = await this.call("POST", "/v1/imports", { layout, upload, ...more });
    if (started.status >= 400) return { state: "refused", error: started.body.detail };
    const { id, repeat } = started.body;
    if (repeat) return { ...started.body, state: "repeat" };
    return until(
      async () => {
        const now = await this.get(`/v1/imports/${id}`);
        return now.state !== "running" && now;
      },
      `the import of ${name}`,
      120,
    );
  }
}

export const script = {
  name: "First contact",
  introduction: "Hello {first_name}, this is a volunteer.",
  closing: "Thank you!",
  questions: [
    { key: "support", kind: "choice", text: "Whom do you support?", choices: ["Ours", "Other", "Undecided"] },
    { key: "turnout", kind: "scale", text: "How sure are you to vote?", choices: ["1", "2", "3", "4", "5"] },
  ],
};

/// Imports the voters, freezes everybody of a rule into a list and opens a phone bank on it.
export async function openPhonebank(client, { rule = { all: [] }, holdout = 0, ...settings } = {}) {
  const suffix = randomUUID().slice(0, 8);
  const segment = await client.post("/v1/segments", { name: `Segment ${suffix}`, rule });
  const list = await client.post("/v1/lists", {
    name: `List ${suffix}`, segment: segment.id, holdout_percent: holdout, seed: 1,
  });
  const scripts = (await client.get("/v1/scripts")).items;
  const chosen = scripts.find((s) => s.name === script.name) ?? (await client.post("/v1/scripts", script));
  const phonebank = await client.post("/v1/phonebanks", {
    name: `Bank ${suffix}`, list: list.id, script: chosen.id, retry_minutes: 240, lease_seconds: 300,
    attempts_max: 3, opens: "00:00", closes: "24:00", ...settings,
  });
  await client.post(`/v1/phonebanks/${phonebank.id}/state`, { state: "open" });
  const link = await client.post(`/v1/phonebanks/${phonebank.id}/join-links`, {
    hours_valid: 4, uses_max: 1000,
  });
  return { segment, list, script: chosen, phonebank, link };
}

/// A caller who joined by a link.
export async function joinAs(url, code, name) {
  const caller = new Client(url);
  await caller.post("/v1/join", { code, name });
  return caller;
}

/// A result for a lease: every voter gets the disposition.
export const resultFor = (lease, disposition, answers = [], extra = {}) => ({
  key: randomUUID(),
  lease: lease.id,
  epoch: lease.epoch,
  voters: lease.voters.map((voter) => ({ voter: voter.id, disposition, answers })),
  ...extra,
});

/// The live connection of a page, as a session has it: text frames of the server, one JSON each.
/// (Node 18 brings no WebSocket.)
export class LiveSocket {
  static async open(client, topics) {
    const live = new LiveSocket();
    const { hostname, port, host } = new URL(client.url);
    live.socket = connect(Number(port), hostname);
    live.messages = [];
    live.bytes = Buffer.alloc(0);
    live.socket.write([
      `GET /v1/live?topics=${encodeURIComponent(topics)} HTTP/1.1`, `Host: ${host}`,
      "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`, `Cookie: ${client.cookie}`, "", "",
    ].join("\r\n"));
    live.socket.on("data", (data) => live.take(data));
    await until(() => live.isOpen, "the live connection", 10);
    return live;
  }

  take(data) {
    this.bytes = Buffer.concat([this.bytes, data]);
    if (!this.isOpen) {
      const end = this.bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!this.bytes.toString("latin1", 0, end).startsWith("HTTP/1.1 101")) {
        throw new Error(`not a live connection: ${this.bytes.toString("latin1", 0, end)}`);
      }
      this.isOpen = true;
      this.bytes = this.bytes.subarray(end + 4);
    }
    for (;;) {
      if (this.bytes.length < 4) return;
      const short = this.bytes[1] & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (this.bytes.length < head) return;
      const length = short < 126 ? short
        : short === 126 ? this.bytes.readUInt16BE(2) : Number(this.bytes.readBigUInt64BE(2));
      if (this.bytes.length < head + length) return;
      const text = this.bytes.toString("utf8", head, head + length);
      if ((this.bytes[0] & 15) === 1) this.messages.push(JSON.parse(text));
      this.bytes = this.bytes.subarray(head + length);
    }
  }

  /// Waits for a message, one that has come included.
  until = (condition, seconds = 10) =>
    until(() => this.messages.find(condition), "a live message", seconds);
  close = () => this.socket.destroy();
}
