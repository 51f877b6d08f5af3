// SHA-256 (FIPS 180-4) and HMAC (RFC 2104) of byte arrays. Written out, because browsers give crypto.subtle to
// https only, and a township's server in its own network has none.
"use strict";
const sha256 = (() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;
  const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const rounds = primes.map((prime) => fraction(Math.cbrt(prime)));
  const turn = (x, by) => (x >>> by) | (x << (32 - by));
  return (bytes) => {
    const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
    padded.set(bytes);
    padded[bytes.length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(padded.length - 4, bytes.length << 3);
    const sum = start.slice();
    const w = new Int32Array(64);
    for (let block = 0; block < padded.length; block += 64) {
      for (let i = 0; i < 64; i += 1) {
        const [a, b] = [w[i - 15], w[i - 2]];
        w[i] = i < 16
          ? view.getInt32(block + 4 * i)
          : w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
      }
      let [a, b, c, d, e, f, g, h] = sum;
      for (let i = 0; i < 64; i += 1) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { sum[i] = (sum[i] + value) | 0; });
    }
    const result = new Uint8Array(32);
    sum.forEach((value, i) => new DataView(result.buffer).setInt32(4 * i, value));
    return result;
  };
})();
const bytesOf = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const hashOf = (text) => hex(sha256(bytesOf(text)));
// A browser that rounds cube roots in another way would compute nonsense: better nothing.
if (!hashOf("abc").startsWith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")) throw new Error("SHA-256");
const hmac = (key, message) => {
  const pad = (with_) => Uint8Array.from({ length: 64 }, (_, i) => (key[i] || 0) ^ with_);
  const join = (first, second) => { const all = new Uint8Array(first.length + second.length); all.set(first); all.set(second, first.length); return all; };
  return sha256(join(pad(0x5c), sha256(join(pad(0x36), message))));
};
