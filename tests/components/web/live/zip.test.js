import assert from "node:assert/strict";
import test from "node:test";

import { crc32, zipOf } from "../../../../components/web/live/zip.js";

const bytes = (text) => new TextEncoder().encode(text);

test("the check sum is that of the standard", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926); // the check value of CRC-32/ISO-HDLC
  assert.equal(crc32(bytes("")), 0);
});

test("each file is stored with its name, sizes and place, and the end says how many there are", async () => {
  const files = [{ name: "a.txt", bytes: bytes("one") }, { name: "ü.txt", bytes: bytes("two and more") }];
  const made = zipOf(files, new Date(2026, 10, 22, 13, 5, 8));
  assert.equal(made.type, "application/zip");
  const view = new DataView(await made.arrayBuffer());
  const end = view.byteLength - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  assert.equal(view.getUint16(end + 10, true), 2);
  let entry = view.getUint32(end + 16, true);
  assert.equal(entry + view.getUint32(end + 12, true), end);
  for (const { name, bytes: content } of files) {
    assert.equal(view.getUint32(entry, true), 0x02014b50);
    assert.equal(view.getUint16(entry + 8, true), 0x0800); // names are UTF-8
    assert.equal(view.getUint16(entry + 12, true), (13 << 11) | (5 << 5) | 4);
    assert.equal(view.getUint16(entry + 14, true), (46 << 9) | (11 << 5) | 22);
    const length = view.getUint16(entry + 28, true), local = view.getUint32(entry + 42, true);
    const label = new Uint8Array(view.buffer, entry + 46, length);
    assert.equal(new TextDecoder().decode(label), name);
    assert.equal(view.getUint32(local, true), 0x04034b50);
    assert.equal(view.getUint32(local + 14, true), crc32(content));
    assert.equal(view.getUint32(local + 22, true), content.length);
    assert.deepEqual(new Uint8Array(view.buffer, local + 30 + length, content.length), content);
    entry += 46 + length;
  }
});
