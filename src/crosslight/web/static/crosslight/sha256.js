/* SHA-256 (FIPS 180-4), fed piece by piece: the browser's own wants a whole file in memory. */
const fraction = (number, power) => ((number ** (1 / power)) % 1) * 2 ** 32;
const primes = [];
for (let number = 2; primes.length < 64; number++) {
  if (primes.every((prime) => number % prime)) primes.push(number);
}
const K = Int32Array.from(primes, (prime) => fraction(prime, 3));
const START = primes.slice(0, 8).map((prime) => fraction(prime, 2));
const BLOCK = 64;

export class Sha256 {
  #state = Int32Array.from(START);
  #rest = new Uint8Array(0);
  #length = 0;
  #words = new Int32Array(64);

  /* `bytes` is a Uint8Array of any length. */
  update(bytes) {
    this.#length += bytes.length;
    let data = bytes;
    if (this.#rest.length) {
      data = new Uint8Array(this.#rest.length + bytes.length);
      data.set(this.#rest);
      data.set(bytes, this.#rest.length);
    }
    const whole = data.length - (data.length % BLOCK);
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    for (let at = 0; at < whole; at += BLOCK) this.#mix(view, at);
    this.#rest = data.slice(whole);
    return this;
  }

  /* 32 bytes; ends the use of this object. */
  digest() {
    const bits = this.#length * 8;
    const length = this.#rest.length < 56 ? BLOCK : 2 * BLOCK;
    const last = new Uint8Array(length);
    last.set(this.#rest);
    last[this.#rest.length] = 0x80;
    const view = new DataView(last.buffer);
    view.setUint32(length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(length - 4, bits % 2 ** 32);
    for (let at = 0; at < length; at += BLOCK) this.#mix(view, at);
    const out = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, at) => out.setInt32(4 * at, word));
    return new Uint8Array(out.buffer);
  }

  #mix(view, at) {
    const w = this.#words;
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    // Written out: taking the eight apart in one line is ten times slower.
    const state = this.#state;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
