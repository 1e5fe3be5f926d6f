/** Decimals as whole numbers of their last place, for an interpreter that shares nothing with the runtime. */
interface Exact {
  readonly units: bigint;
  readonly places: number;
}

export class Impossible extends Error {}

const most = 34;

export function parse(text: string): Exact {
  const [whole = "0", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), places: fraction.length };
}

const digitsOf = (units: bigint) => String(units < 0n ? -units : units).length;

function scaled({ units, places }: Exact, to: number): bigint {
  return units * 10n ** BigInt(to - places);
}

/** Half to even. */
function divided(units: bigint, by: bigint): bigint {
  const [quotient, rest] = [units / by, units % by];
  const twice = 2n * (rest < 0n ? -rest : rest);
  const size = by < 0n ? -by : by;
  const isUp = twice > size || (twice === size && quotient % 2n !== 0n);
  return isUp ? quotient + (units < 0n !== by < 0n ? -1n : 1n) : quotient;
}

function cut({ units, places }: Exact): Exact {
  const extra = digitsOf(units) - most;
  if (extra <= 0) return { units, places };
  const cutUnits = divided(units, 10n ** BigInt(extra));
  return cut({ units: cutUnits, places: places - extra });
}

export function write(exact: Exact): string {
  const { units, places } = cut(exact);
  const plain = places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places };
  const digits = String(plain.units < 0n ? -plain.units : plain.units).padStart(plain.places + 1, "0");
  const whole = digits.slice(0, digits.length - plain.places);
  if (whole.length > 100) throw new Impossible();
  const fraction = digits.slice(digits.length - plain.places).replace(/0+$/, "");
  const text = fraction === "" ? whole : `${whole}.${fraction}`;
  return plain.units < 0n && text !== "0" ? `-${text}` : text;
}

const both = (a: string, b: string): readonly [bigint, bigint, number] => {
  const [left, right] = [parse(a), parse(b)];
  const places = Math.max(left.places, right.places);
  return [scaled(left, places), scaled(right, places), places];
};

export function add(a: string, b: string): string {
  const [left, right, places] = both(a, b);
  return write({ units: left + right, places });
}

export const negate = (a: string): string => write({ ...parse(a), units: -parse(a).units });
export const subtract = (a: string, b: string): string => add(a, negate(b));

export function multiply(a: string, b: string): string {
  const [left, right] = [parse(a), parse(b)];
  return write({ units: left.units * right.units, places: left.places + right.places });
}

export function divide(a: string, b: string): string | null {
  const [left, right] = both(a, b);
  if (right === 0n) return null;
  // So many places that at least two digits more than are kept are known, and one that says whether there is more.
  const places = most + 2 + Math.max(0, digitsOf(right) - digitsOf(left) + 1);
  const shifted = left * 10n ** BigInt(places);
  const [quotient, rest] = [shifted / right, shifted % right];
  const sticky = rest === 0n ? 0n : left < 0n !== right < 0n ? -1n : 1n;
  return write({ units: quotient * 10n + sticky, places: places + 1 });
}

export function remainder(a: string, b: string): string | null {
  const [left, right, places] = both(a, b);
  return right === 0n ? null : write({ units: left % right, places });
}

export function round(a: string, digits: number): string {
  const { units, places } = parse(a);
  return places <= digits ? a : write({ units: divided(units, 10n ** BigInt(places - digits)), places: digits });
}

export function compare(a: string, b: string): number {
  const [left, right] = both(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

const day = 86_400_000;

/** Lengths of time as milliseconds: only the one form that the runtime writes has to be read. */
export function readLength(text: string): number {
  const parts = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text);
  if (parts === null) throw new TypeError(`not a length of time: ${text}`);
  const [days, hours, minutes, seconds] = parts.slice(2).map((part) => Number(part ?? 0)) as [number, number, number, number];
  return (parts[1] === "-" ? -1 : 1) * Math.round(days * day + hours * 3_600_000 + minutes * 60_000 + seconds * 1000);
}

export function writeLength(milliseconds: number): string {
  if (!Number.isSafeInteger(milliseconds)) throw new Impossible();
  let rest = Math.abs(milliseconds);
  const parts = [day, 3_600_000, 60_000].map((unit) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count;
  }) as [number, number, number];
  const [days, hours, minutes] = parts;
  const time = `${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${rest > 0 ? `${rest / 1000}S` : ""}`;
  if (days === 0 && time === "") return "PT0S";
  return `${milliseconds < 0 ? "-" : ""}P${days > 0 ? `${days}D` : ""}${time === "" ? "" : `T${time}`}`;
}

export function writeMoment(milliseconds: number): string {
  const text = Number.isInteger(milliseconds) && Math.abs(milliseconds) < 8.64e15 ? new Date(milliseconds).toISOString() : "";
  if (!/^\d{4}-/.test(text)) throw new Impossible();
  return text;
}
