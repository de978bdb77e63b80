/** What a person typed into a number field: a value in the field's unit, or a reason why it is none. */
export type Quantity = { ok: true; value: number | null } | { ok: false; reason: string };

const TIME_S = { ms: 0.001, s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86_400, day: 86_400, days: 86_400 };
const SIZE_B = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3, bytes: 1 };
const RATE_PER_S = { "/s": 1, "/min": 1 / 60, "/h": 1 / 3600, "/d": 1 / 86_400, rps: 1 };
const FAMILIES: Record<string, number>[] = [TIME_S, SIZE_B, RATE_PER_S];
const PREFIX: Record<string, number> = { k: 1e3, M: 1e6, G: 1e9 };
const WORD = /^(?:\/(?:min|s|h|d)|[A-Za-z%]+)/;

/**
 * Reads a number with an optional unit and arithmetic: `2*60 s`, `1.5k/s`, `3 min + 20 s`, `(1+2)*512 MB`.
 *
 * A number without unit is in `unit`, the unit of the field (`s`, `ms`, `MB`, `/s`, any other word or nothing);
 * a number with one is converted. Empty text is the value null.
 */
export function parseQuantity(text: string, unit = ""): Quantity {
  if (text.trim() === "") return { ok: true, value: null };
  try {
    const reader = new Reader(text, unit);
    const value = reader.sum();
    reader.end();
    if (!Number.isFinite(value)) return { ok: false, reason: "That is not a finite number." };
    return { ok: true, value: Number.parseFloat(value.toPrecision(12)) };
  } catch (error) {
    return { ok: false, reason: error instanceof QuantityError ? error.message : String(error) };
  }
}

class QuantityError extends Error {}

function factorOf(word: string, unit: string): number | undefined {
  if (word.toLowerCase() === unit.toLowerCase()) return 1;
  for (const family of FAMILIES) {
    const own = family[unit.toLowerCase()];
    const given = family[word.toLowerCase()];
    if (own !== undefined && given !== undefined) return given / own;
  }
  return undefined;
}

class Reader {
  private rest: string;

  constructor(
    text: string,
    private readonly unit: string,
  ) {
    this.rest = text.replace(/(\d)[,_](?=\d{3}(?!\d))/g, "$1").trim();
  }

  sum(): number {
    let value = this.product();
    for (let sign = this.take(/^[+\-−]/); sign; sign = this.take(/^[+\-−]/)) {
      const next = this.product();
      value = sign === "+" ? value + next : value - next;
    }
    return value;
  }

  end(): void {
    if (this.rest) throw new QuantityError(`I do not understand "${this.rest}".`);
  }

  private product(): number {
    let value = this.factor();
    for (let sign = this.takeOperator(); sign; sign = this.takeOperator()) {
      const next = this.factor();
      value = sign === "/" || sign === "÷" ? value / next : value * next;
    }
    return this.withUnit(value);
  }

  /** A slash before a digit or a bracket divides; before a letter it begins a unit such as `/s`. */
  private takeOperator(): string | undefined {
    return this.take(/^(?:[*×÷]|\/(?=\s*[\d(.]))/);
  }

  private factor(): number {
    const sign = this.take(/^[+\-−]/);
    if (sign) return sign === "+" ? this.factor() : -this.factor();
    if (this.take(/^\(/)) {
      const value = this.sum();
      if (!this.take(/^\)/)) throw new QuantityError("A closing bracket is missing.");
      return value;
    }
    const digits = this.take(/^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i);
    if (digits === undefined) {
      throw new QuantityError(this.rest ? `A number is expected before "${this.rest}".` : "A number is missing.");
    }
    return this.withUnit(Number(digits));
  }

  private withUnit(value: number): number {
    const word = WORD.exec(this.rest)?.[0];
    if (word === undefined) return value;
    let factor = factorOf(word, this.unit);
    let used = word.length;
    const prefix = PREFIX[word[0] ?? ""];
    if (factor === undefined && prefix !== undefined && (word.length === 1 || factorOf(word.slice(1), this.unit))) {
      factor = prefix;
      used = 1;
    }
    if (factor === undefined) {
      throw new QuantityError(
        this.unit
          ? `"${word}" is not a unit of this field; it counts in ${this.unit}.`
          : `"${word}" is not expected here.`,
      );
    }
    this.rest = this.rest.slice(used).trim();
    return used === 1 && prefix !== undefined && factor === prefix ? this.withUnit(value * factor) : value * factor;
  }

  private take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    if (found === undefined) return undefined;
    this.rest = this.rest.slice(found.length).trim();
    return found;
  }
}
