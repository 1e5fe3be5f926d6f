import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { applyFixes } from "../../../src/diagnostics/apply-fixes.ts";
import { renderGithub } from "../../../src/diagnostics/render/github.ts";
import { renderJson } from "../../../src/diagnostics/render/json.ts";
import { renderJunit } from "../../../src/diagnostics/render/junit.ts";
import { renderSarif } from "../../../src/diagnostics/render/sarif.ts";
import { renderText } from "../../../src/diagnostics/render/text.ts";
import { sourcesOf } from "../../../src/diagnostics/sources.ts";
import { memoryHost } from "../../../src/host/memory-host.ts";
import { framed } from "../frame.ts";

const model = framed(
  "command like\n  publish likd with likes = 1\n  publish liked with likes = 1; \n\nevent liked\n  likes: integer\n  likes: integer\n  set likes",
);
const { diagnostics, texts } = analyse(memoryHost({ "/my model.domain": model }), ["/my model.domain"]);
const sources = sourcesOf(texts);

describe("findings", () => {
  test("as text", () => {
    expect(renderText(diagnostics, sources, { colour: false })).toMatchInlineSnapshot(`
      "/my model.domain:27:15 error unknown-event
        The aggregate "message" has no event "likd".
          26 |     command like
          27 |       publish likd with likes = 1
             |               ^^^^
        Did you mean "liked"?

      /my model.domain:28:35 error needless-punctuation
        ";" is not needed.
          27 |       publish likd with likes = 1
          28 |       publish liked with likes = 1;
             |                                   ^
        Take it out: lines end by themselves, and indentation groups.

      /my model.domain:32:7 error name-declared-twice
        There is a field "likes" already.
          31 |       likes: integer
          32 |       likes: integer
             |       ^^^^^
        Give one of them another name, or take it out.
        First declared here: /my model.domain:31:7
          30 |     event liked
          31 |       likes: integer
             |       ^^^^^

      3 errors
      "
    `);
  });

  test("as text in colour, which is the same text", () => {
    const coloured = renderText(diagnostics, sources, { colour: true });
    expect(coloured).toContain("\u001b[31merror\u001b[39m");
    expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(renderText(diagnostics, sources, { colour: false }));
  });

  test("as JSON", () => {
    expect(JSON.parse(renderJson(diagnostics, sources))).toMatchObject({
      diagnostics: [
        {
          code: "unknown-event",
          severity: "error",
          file: "/my model.domain",
          start: { line: 27, column: 15 },
          fix: { text: "liked", safe: false },
        },
        { code: "needless-punctuation", fix: { text: "", safe: true } },
        { code: "name-declared-twice", related: { start: { line: 31, column: 7 } } },
      ],
    });
  });

  test("for GitHub", () => {
    const first = renderGithub(diagnostics, sources).split("\n")[0];
    expect(first).toBe(
      '::error file=/my model.domain,line=27,endLine=27,col=15,endColumn=19,title=unknown-event::The aggregate "message" has no event "likd". Did you mean "liked"?',
    );
    const escaped = renderGithub(
      [
        {
          code: "open-question",
          severity: "question",
          location: { file: "a,b:c", span: { start: 0, end: 0 } },
          facts: {},
          message: "100 %\nsure?",
        },
      ],
      sourcesOf(new Map()),
    );
    expect(escaped).toBe("::notice file=a%2Cb%3Ac,line=1,endLine=1,col=1,endColumn=1,title=open-question::100 %25%0Asure?\n");
  });

  test("as SARIF", () => {
    const log = JSON.parse(renderSarif(diagnostics, sources)) as {
      version: string;
      runs: [{ results: { ruleId: string; ruleIndex: number }[]; tool: { driver: { rules: { id: string }[] } } }];
    };
    const [run] = log.runs;
    expect(log.version).toBe("2.1.0");
    expect(run.results.map(({ ruleId }) => ruleId)).toEqual(diagnostics.map(({ code }) => code));
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(run.results[0]).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "/my%20model.domain" }, region: { startLine: 27, startColumn: 15, endColumn: 19 } },
        },
      ],
    });
  });

  test("as JUnit's XML", () => {
    const warned = { ...diagnostics[0]!, severity: "warning" as const, message: 'A "<b>" & more.' };
    const twoFiles = sourcesOf(new Map([...texts, ["/other.domain", ""]]));
    expect(renderJunit([...diagnostics.slice(1), warned], twoFiles)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="wkgen check" tests="4" failures="2" errors="0">
        <testsuite name="/my model.domain" tests="3" failures="2" errors="0">
          <testcase name="needless-punctuation 28:35" classname="/my model.domain"><failure type="needless-punctuation" message="&quot;;&quot; is not needed.">/my model.domain:28:35
      &quot;;&quot; is not needed.
      Take it out: lines end by themselves, and indentation groups.</failure></testcase>
          <testcase name="name-declared-twice 32:7" classname="/my model.domain"><failure type="name-declared-twice" message="There is a field &quot;likes&quot; already.">/my model.domain:32:7
      There is a field &quot;likes&quot; already.
      Give one of them another name, or take it out.</failure></testcase>
          <testcase name="unknown-event 27:15" classname="/my model.domain"><system-out>/my model.domain:27:15
      A &quot;&lt;b&gt;&quot; &amp; more.
      Did you mean &quot;liked&quot;?</system-out></testcase>
        </testsuite>
        <testsuite name="/other.domain" tests="1" failures="0" errors="0">
          <testcase name="nothing is wrong" classname="/other.domain" />
        </testsuite>
      </testsuites>
      "
    `);
  });

  test("as nothing, where nothing was found", () => {
    expect(renderText([], sources, { colour: false })).toBe("");
    expect(renderGithub([], sources)).toBe("");
    expect(JSON.parse(renderJson([], sources))).toEqual({ diagnostics: [] });
  });
});

describe("fixes", () => {
  test("that are safe are made, the others are not", () => {
    const { text, made } = applyFixes(model, diagnostics);
    expect(made.map(({ code }) => code)).toEqual(["needless-punctuation"]);
    expect(text).toBe(model.replace(";", ""));
  });

  test("that overlap are made one at a time", () => {
    const found = (start: number, end: number, text: string) => ({
      code: "wrong-quotes" as const,
      severity: "error" as const,
      location: { file: "a", span: { start, end } },
      facts: {},
      message: "",
      fix: { span: { start, end }, text, safe: true },
    });
    expect(applyFixes("abcdef", [found(1, 4, "X"), found(2, 3, "Y"), found(4, 5, "Z")]).text).toBe("aXZf");
  });
});
