import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { run } from "../bench/http/running.ts";

interface Scan {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** What it found, read from what it printed or left in its folder. */
  found(printed: string): readonly string[];
}

/**
 * `node test/hostile/scanners.ts`: what the public scanners of Debian find in the running chat (`apt-get install wapiti sqlmap slowhttptest`). They try what
 * they try with anything on the web; what we think of ourselves is in `hostile.test.ts`. One that is missing, or that found something, is an error.
 */
const chat = fileURLToPath(new URL("../../examples/chat/server/server.ts", import.meta.url));
const longestScan = 10 * 60_000;
const folder = mkdtempSync(join(tmpdir(), "scanners-"));
const server = await run(chat, ["--port", "0", "--host", "127.0.0.1", "--http", "--store", `sqlite:${join(folder, "chat.db")}`]);

const list = `${server.url}/api/lists/messages?take=1&orderBy={"likes":"descending"}&where={"likes":{"atLeast":0}}`;
const command = `${server.url}/api/commands/communication/message/scanned/send`;
const events = `${server.url}/api/events?after=0&context=communication`;

const scans: readonly Scan[] = [
  wapiti(),
  sqlmap("of a list", ["-u", list]),
  sqlmap("of a command", ["-u", command, "--method", "POST", "--headers", "Content-Type: application/json", "--data", '{"text":"*"}']),
  slow("headers", ["-H", "-i", "5"]),
  slow("bodies", ["-B", "-i", "5", "-s", "8192"]),
  slow("readers", ["-X", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"]),
];

try {
  await fetch(command, { method: "POST", headers: { "content-type": "application/json" }, body: '{"text":"Hello."}' });
  for (const scan of scans) {
    const findings = await findingsOf(scan);
    console.log(`${scan.name}: ${findings.length === 0 ? "nothing found" : findings.join(" ")}`);
    if (findings.length > 0) process.exitCode = 1;
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

async function findingsOf({ program, args, found }: Scan): Promise<readonly string[]> {
  const { error, stdout = "", stderr = "" } = spawnSync(program, args, { encoding: "utf8", cwd: folder, timeout: longestScan });
  if (error) return [`${program} did not run to its end (${error.message}). Where it is missing: apt-get install ${program}.`];
  const ready = await fetch(`${server.url}/health/ready`).catch(() => undefined);

  return [...found(stripVTControlCharacters(stdout + stderr)), ...(ready?.status === 200 ? [] : ["The server is not ready any more."])];
}

/** The modules that stay on this machine, without the one that wants headers which `content-security-policy` has taken the place of. */
function wapiti(): Scan {
  const report = join(folder, "wapiti.json");
  const modules = "backup,blindsql,cookieflags,crlf,csp,exec,file,htaccess,methods,permanentxss,redirect,shellshock,sql,xss";
  const scope = ["-u", `${server.url}/`, "-s", list, "-s", events, "--flush-session", "--max-scan-time", "5", "--no-bugreport"];

  return {
    name: "wapiti",
    program: "wapiti",
    args: [...scope, "-m", modules, "-f", "json", "-o", report],
    found() {
      const { vulnerabilities, anomalies } = JSON.parse(readFileSync(report, "utf8")) as Readonly<
        Record<string, Readonly<Record<string, readonly { readonly info: string }[]>>>
      >;

      return [...Object.entries(vulnerabilities!), ...Object.entries(anomalies!)].flatMap(([kind, all]) =>
        all.map(({ info }) => `${kind}: ${info}`),
      );
    },
  };
}

function sqlmap(what: string, target: readonly string[]): Scan {
  const output = join(folder, `sqlmap ${what}`);
  const thorough = ["--level", "3", "--risk", "2", "--ignore-code", "*", "--batch", "--flush-session", "--disable-coloring"];

  return {
    name: `sqlmap, parameters ${what}`,
    program: "sqlmap",
    args: [...target, ...thorough, "--output-dir", output],
    found(printed) {
      if (!printed.includes("all tested parameters do not appear to be injectable")) return [printed.slice(-500)];

      return readdirSync(output).length > 0 ? [] : ["It tested nothing."];
    },
  };
}

/** Three hundred connections that take their time: others are served meanwhile. */
function slow(what: string, mode: readonly string[]): Scan {
  return {
    name: `slowhttptest, slow ${what}`,
    program: "slowhttptest",
    args: [...mode, "-c", "300", "-r", "100", "-l", "20", "-p", "3", "-t", "POST", "-u", command],
    found: (printed) =>
      /service available:\s+YES/.test(printed) && !/service available:\s+NO/.test(printed) ? [] : ["Others were not served."],
  };
}
