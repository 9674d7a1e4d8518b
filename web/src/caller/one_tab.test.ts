import assert from "node:assert/strict";
import { test } from "node:test";
import { OneTab } from "./one_tab";
import type { Channel } from "./one_tab";

/// Channels of one browser: what one posts, all others hear.
function browser(): () => Channel {
  const open = new Set<Channel>();
  return () => {
    const channel: Channel = {
      postMessage: (data) => {
        for (const other of open) if (other !== channel) other.onmessage?.({ data });
      },
      onmessage: null,
      close: () => { open.delete(channel); } };
    open.add(channel);
    return channel;
  };
}

test("the tab that was opened last has the calls, until another takes them", () => {
  const channel = browser();
  const told: string[] = [];
  const tab = (id: string) => new OneTab(channel(), id, () => told.push(id));
  const first = tab("a");
  first.take();
  assert.deepEqual(told, []);
  const second = tab("b");
  second.take();
  assert.deepEqual(told, ["a"]);
  first.take();
  assert.deepEqual(told, ["a", "b"]);
  second.close();
  first.take();
  assert.deepEqual(told, ["a", "b"], "a closed tab hears nothing");
});

test("without a channel a tab is alone", () => {
  const alone = new OneTab(null, "a", () => assert.fail("nobody is there"));
  alone.take();
  alone.close();
});
