import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "./format";

test("places are read easily, states and directions stay as they are written", () => {
  assert.equal(place("WAKE FOREST"), "Wake Forest");
  assert.equal(place("100 MAIN ST NE, CARY, NC 27511"), "100 Main St NE, Cary, NC 27511");
  assert.equal(place("PO BOX 7, DURHAM NC 27701-1234"), "PO Box 7, Durham NC 27701-1234");
  assert.equal(place("WINSTON-SALEM"), "Winston-Salem");
  assert.equal(place("Chapel Hill"), "Chapel Hill");
});
