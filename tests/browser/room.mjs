// Drives the reading room as a reader does, in Debian's Chromium, against the real binary. Screenshots go to
// `artefacts/browser` at three widths, in light and dark. Fails on a console error, a failed request, a request that
// leaves the machine, or anything that axe-core finds.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const shots = join(here, "../../artefacts/browser");
const binary = process.env.ONRECORD ?? join(here, "../../target/release/onrecord");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = [
  ["telephone", { width: 390, height: 844 }],
  ["tablet", { width: 820, height: 1180 }],
  ["desk", { width: 1280, height: 900 }],
];

/** Starts the demo's room, and answers its address when it is open. */
async function open() {
  const room = spawn(binary, ["demo", "--serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    room.stdout.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/[\d.]+:\d+/);
      if (found) resolve(found[0]);
    });
    room.on("exit", (code) => reject(new Error(`the room closed with ${code}: ${said}`)));
  });
  return { room, address };
}

/** Looks at a page with axe-core. */
async function check(page, name) {
  // The content security policy lets no script in: the browser's own door does.
  const found = await page.evaluate(async ([source]) => {
    const run = new Function(`${source}; return axe.run(document, { resultTypes: ["violations"] })`);
    return (await run()).violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
  }, [axe]);
  assert.deepEqual(found, [], `${name} is not clean`);
}

async function shoot(page, name) {
  for (const [width, size] of widths) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide} pixels too wide on a ${width}`);
    await page.screenshot({ path: join(shots, `${name}-${width}-${page.theme}.png`), fullPage: width !== "desk" ? false : true });
  }
}

const { room, address } = await open();
mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

/** A page that notes whatever goes wrong. `bypassCSP` is for axe-core alone. */
async function page(options) {
  const context = await browser.newContext({ viewport: widths[2][1], ...options });
  const page = await context.newPage();
  page.wrong = [];
  page.on("console", (message) => message.type() === "error" && page.wrong.push(message.text()));
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  page.on("requestfailed", (request) => {
    const error = request.failure()?.errorText;
    // A page that is left gives up what it still waits for, its icon for one.
    if (error !== "net::ERR_ABORTED") page.wrong.push(`${request.url()}: ${error}`);
  });
  page.on("request", (request) => request.url().startsWith(address) || page.wrong.push(`left the machine: ${request.url()}`));
  page.theme = options.colorScheme ?? "light";
  return page;
}

const steps = {
  async "a reader searches, reads, follows a mark to its row and back"() {
    const reader = await page({});
    await reader.goto(address);
    await reader.getByRole("searchbox").fill("port");
    await reader.getByRole("button", { name: "Search" }).click();
    await reader.locator(".reports a").first().click();
    assert.ok((await reader.locator("mark.statement").count()) > 0, "statements are marked");
    const sign = reader.locator(".text .sign.statement").first();
    await sign.click();
    assert.match(reader.url(), /#n-s\d+$/);
    const article = reader.url().split("#")[0];
    await reader.locator("li:target .why").click();
    await reader.getByRole("heading", { name: "Why is this here?" }).waitFor();
    await reader.getByRole("link", { name: /In its place in/ }).click();
    assert.ok(reader.url().startsWith(`${article}#r-`), reader.url());
    return reader;
  },
  async "a reader filters statements, and the address is the question"() {
    const reader = await page({});
    await reader.goto(`${address}/statements`);
    const all = await reader.locator(".quote").count();
    await reader.getByLabel("Said by").fill("Karel Brandt");
    await reader.getByLabel("Said by").press("Enter");
    await reader.waitForURL(/by=Karel/);
    await reader.waitForFunction((all) => document.querySelectorAll(".quote").length < all, all);
    const some = await reader.locator(".quote").count();
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    await reader.reload();
    assert.equal(await reader.locator(".quote").count(), some, "the address shows the same");
    return reader;
  },
  async "charts are there"() {
    const reader = await page({});
    await reader.goto(`${address}/`);
    await reader.locator(".people a").first().click();
    assert.ok((await reader.locator("svg .bar").count()) > 0, "a speaker has a chart by month");
    await reader.goto(`${address}/figures?happened=killed`);
    assert.ok((await reader.locator("svg .dot").count()) > 1, "figures have a chart");
    return reader;
  },
  async "it works without JavaScript"() {
    const reader = await page({ javaScriptEnabled: false });
    await reader.goto(`${address}/statements`);
    await reader.getByLabel("Said by").fill("minister");
    await reader.getByRole("button", { name: "Show" }).click();
    assert.match(reader.url(), /by=minister/);
    assert.ok((await reader.locator(".quote").count()) > 0);
    await reader.goto(`${address}/read`);
    await reader.getByLabel("Text of the report").fill("The ferry is late, Mayor Per Lund said on Monday.");
    await reader.getByRole("button", { name: "Read it" }).click();
    assert.equal(await reader.locator("mark.statement").count() > 0, true);
    return reader;
  },
  async "it works by keyboard"() {
    const reader = await page({});
    await reader.goto(address);
    await reader.keyboard.press("Tab");
    assert.equal(await reader.evaluate(() => document.activeElement.className), "skip");
    await reader.keyboard.press("Enter");
    assert.equal(await reader.evaluate(() => document.activeElement.id), "main");
    return reader;
  },
  async "every page is clean, fits every width, in light and dark"() {
    for (const colorScheme of ["light", "dark"]) {
      const reader = await page({ colorScheme, bypassCSP: true });
      await reader.goto(`${address}/search?q=port`);
      const article = await reader.locator(".reports a").first().getAttribute("href");
      await reader.goto(`${address}/statements?kind=direct`);
      const row = await reader.locator('.quote a[href^="/rows/"]').first().getAttribute("href");
      await reader.goto(address);
      const speaker = await reader.locator(".people a").first().getAttribute("href");
      const pages = {
        front: "/", article, row, speaker, speakers: "/speakers", statements: "/statements", search: "/search?q=port",
        figures: "/figures?happened=killed", read: "/read", api: "/api", empty: "/statements?by=nobody",
      };
      for (const [name, path] of Object.entries(pages)) {
        await reader.goto(address + path);
        await check(reader, `${name} in ${colorScheme}`);
        await shoot(reader, name);
      }
      assert.deepEqual(reader.wrong, []);
      const missing = await reader.goto(`${address}/nothing`);
      assert.equal(missing.status(), 404);
      await check(reader, "error");
      await shoot(reader, "error");
      await reader.context().close();
    }
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    const reader = await step();
    if (reader) {
      assert.deepEqual(reader.wrong, []);
      await reader.context().close();
    }
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}
await browser.close();
room.kill("SIGTERM");
process.exitCode = failed > 0 ? 1 : 0;
