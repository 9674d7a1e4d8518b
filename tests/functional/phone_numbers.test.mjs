// Numbers as people of the campaign's country write them: in files, lists, searches and pages.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Server, openPhonebank, temporaryFolder, until } from "./harness.mjs";

test("a British campaign reads British numbers everywhere", async (t) => {
  const server = await Server.start(t);
  const admin = await server.administrator();
  await admin.post("/v1/calling-rules/choice", { country: "uk" });
  const file = join(temporaryFolder(), "members.csv");
  writeFileSync(file, [
    "id,surname,given_name,state,phone",
    "1,Archer,Ann,UK,020 7946 0958",
    "2,Baker,Bob,UK,07400 123456",
    "3,Carter,Cal,UK,+49 151 23456789",
    "4,Draper,Dee,UK,(919) 555-0123",
    "5,Fowler,Fay,UK,0044 7400 123457",
  ].join("\n") + "\n");
  const { upload } = await admin.must("PUT", "/v1/uploads?name=members.csv",
    "id,surname,given_name,state,phone\n1,Archer,Ann,UK,020 7946 0958\n");
  const look = await admin.get(`/v1/uploads/${upload}/preview?layout=generic`);
  assert.equal(look.columns.find((column) => column.name === "phone").type, "phone");
  const imported = await admin.import(file, "generic");
  assert.equal(imported.state, "published", imported.error);
  await until(async () => (await admin.get("/v1/home")).voters === 5, "the voters to show");

  const search = async (text) =>
    (await admin.get(`/v1/voters?query=${encodeURIComponent(text)}`)).items.map((one) => one.name);
  assert.deepEqual(await search("020 7946 0958"), ["Ann Archer"]);
  assert.deepEqual(await search("+44 7400 123456"), ["Bob Baker"]);
  assert.deepEqual(await search("07400 123457"), ["Fay Fowler"]);
  const [draper] = (await admin.get("/v1/voters?query=draper")).items;
  assert.equal(draper.phone_present, false, "an American number cannot be dialled so from there");

  const { phonebank } = await openPhonebank(admin, { rule: { field: "has_phone", is: true } });
  const lines = async () => (await admin.get(`/v1/phonebanks/${phonebank.id}`));
  assert.equal((await lines()).country, "uk");
  assert.equal((await lines()).counts.lines, 4);
  await admin.post("/v1/suppressions",
    { number: "020 7946 0958", reason: "do_not_call", source: "phone" });
  await admin.must("PUT", "/v1/suppressions/file?reason=do_not_call&source=TPS",
    "17;07400 123456\n18;+447400123457\n");
  await until(async () => (await lines()).counts.barred === 3, "the bars to show");
  const refused = await admin.call("POST", "/v1/suppressions",
    { number: "020 79", reason: "do_not_call", source: "phone" });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.where, "number");
});
