// Every page in a headless Chromium: wide, narrow, dark, by keys alone, without scripts; axe finds nothing, and no request leaves the machine.
//
//     node scripts/browser.mjs MODULES COPYDESK            the sample archive, served by COPYDESK
//     node scripts/browser.mjs MODULES --at URL            what is served there already
//     ... --write                                          put the pictures of docs/screens in place
//
// MODULES is a folder with playwright-core and axe-core in its node_modules.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [modules, ...rest] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const write = rest.includes("--write");

let checks = 0;
const failures = [];
const check = (what, holds, says = "") => {
  checks += 1;
  if (!holds) failures.push(`${what}${says ? `: ${says}` : ""}`);
};

const serve = async (copydesk) => {
  const folder = join(mkdtempSync(join(tmpdir(), "copydesk-browser-")), "sample");
  const demo = spawnSync(copydesk, ["demo", folder]);
  if (demo.status !== 0) throw new Error(`demo: ${demo.stderr}`);
  const server = spawn(copydesk, ["serve", folder, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  const url = await new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (bytes) => { said += bytes; if (said.includes("\n")) found(said.trim()); });
    server.on("exit", (code) => failed(new Error(`serve ended with ${code}`)));
  });
  return { url, end: () => server.kill() };
};

const at = rest.indexOf("--at");
const { url, end } = at >= 0 ? { url: rest[at + 1], end: () => {} } : await serve(resolve(rest[0]));
const base = url.replace(/\/$/, "");
const json = async (path) => (await fetch(base + path)).json();
const versions = (await json("/api/v1/stories?q=versions:>1&sort=copies&limit=1")).rows[0];
const arabic = (await json("/api/v1/stories?lang=ar")).rows[0];
const spoken = (await json("/api/v1/stories?q=has:mentions+has:agency&limit=1")).rows[0];
check("the archive has a story that speaks of a time", spoken);
const pages = {
  search: "/",
  found: "/?q=harbour+OR+ferry",
  nothing: "/?q=nothing+like+this",
  mentioned: "/?by=mentioned",
  story: `/story/${versions.story}`,
  ...(spoken && { known: `/story/${spoken.story}` }),
  arabic: `/story/${arabic.story}`,
  diff: `/story/${versions.story}/diff`,
  inline: `/story/${versions.story}/diff?view=inline`,
  capture: `/capture?id=${encodeURIComponent(versions.capture)}`,
  sources: "/sources",
  help: "/help",
  api: "/api",
  problem: "/?q=title:(ferry",
};
const pictures = { search: "search", story: "story", diff: "diff", capture: "capture", sources: "sources" };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const context = async (options) => {
  const made = await browser.newContext(options);
  made.on("request", (request) => check("a request stays on the machine", request.url().startsWith(base), request.url()));
  return made;
};

try {
  for (const [mode, width, height, colorScheme] of [["wide", 1280, 900, "light"], ["narrow", 360, 740, "light"], ["dark", 1280, 900, "dark"], ["huge", 3840, 2160, "light"]]) {
    const made = await context({ viewport: { width, height }, colorScheme });
    const page = await made.newPage();
    page.on("pageerror", (error) => check(`${mode}: a script`, false, error.message));
    page.on("console", (said) => check(`${mode}: the console`, said.type() !== "error" || said.text().includes("400"), said.text()));
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(base + path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(`${mode} ${name}: nothing sticks out`, over <= 0, `${over} pixels`);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
      check(`${mode} ${name}: axe`, found.violations.length === 0, found.violations.map((v) => `${v.id} ${v.nodes[0].html.slice(0, 120)}`).join("; "));
      if (write && mode === "wide" && pictures[name]) {
        mkdirSync("docs/screens", { recursive: true });
        await page.screenshot({ path: `docs/screens/${pictures[name]}.png` });
      }
      // A count beside a long name stays one number.
      const broken = await page.evaluate(() => [...document.querySelectorAll(".facet a")].filter((a) => {
        a.firstElementChild.textContent = "a-site-with-a-long-name-of-many-parts-and-more.example";
        const count = a.querySelector(".n");
        count.textContent = "1,234";
        const lines = document.createRange();
        lines.selectNodeContents(count);
        return lines.getClientRects().length > 1;
      }).length);
      check(`${mode} ${name}: counts are not broken`, broken === 0, `${broken} are`);
    }
    await made.close();
  }

  const keys = await (await context({ viewport: { width: 1280, height: 900 } })).newPage();
  await keys.goto(`${base}/`);
  await keys.keyboard.press("/");
  await keys.keyboard.type("harbour");
  await keys.keyboard.press("Enter");
  await keys.waitForURL(/q=harbour/);
  await keys.keyboard.press("j");
  await keys.keyboard.press("j");
  await keys.keyboard.press("k");
  const headline = await keys.evaluate(() => document.activeElement.textContent);
  await keys.keyboard.press("Enter");
  await keys.waitForURL(/story/);
  check("keys: the story that was chosen is opened", (await keys.locator("h1").textContent()).trim() === headline.trim(), headline);
  await keys.keyboard.press("?");
  check("keys: ? lists them", await keys.locator("dialog#keys").isVisible());
  await keys.keyboard.press("Escape");
  check("keys: Escape closes the list", !(await keys.locator("dialog#keys").isVisible()));

  await keys.goto(`${base}/`);
  const box = await keys.locator(".days svg").boundingBox();
  await keys.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
  await keys.mouse.down();
  await keys.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 6 });
  await keys.mouse.up();
  await keys.waitForURL(/from=.*to=/);
  check("dragging over days narrows the list", (await keys.locator(".list li").count()) > 0);

  await keys.goto(`${base}/?by=mentioned`);
  const wide = await keys.locator(".days svg").boundingBox();
  await keys.mouse.move(wide.x + 1, wide.y + wide.height / 2);
  await keys.mouse.down();
  await keys.mouse.move(wide.x + wide.width - 1, wide.y + wide.height / 2, { steps: 6 });
  await keys.mouse.up();
  await keys.waitForURL(/mentions_from=\d.*mentions_to=\d.*by=mentioned/);
  check("dragging over mentioned times narrows the list", (await keys.locator(".chosen").textContent()).includes("mentions"));

  if (spoken) {
    // What a value was read from: by the pointer, by the keyboard, by touch, and without scripts.
    const inside = async (page, why) => {
      const box = await why.boundingBox();
      const { width, height } = page.viewportSize();
      return box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
    };
    for (const [mode, options] of [["wide", { viewport: { width: 1280, height: 900 } }], ["narrow", { viewport: { width: 360, height: 740 }, hasTouch: true }], ["without scripts", { javaScriptEnabled: false }]]) {
      const page = await (await context(options)).newPage();
      await page.goto(base + pages.known);
      for (const place of ["article", "#known-of-it"]) {
        const value = page.locator(`${place} .known`).first();
        const why = value.locator(".why");
        check(`${mode}: evidence waits in ${place}`, !(await why.isVisible()));
        await (options.hasTouch ? value.tap() : value.hover());
        check(`${mode}: evidence in ${place}`, (await why.isVisible()) && (await inside(page, why)));
        await page.mouse.move(0, 0);
        await page.evaluate(() => document.activeElement?.blur()).catch(() => {});
        await value.focus();
        check(`${mode}: evidence in ${place} with the keyboard`, await why.isVisible());
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth).catch(() => 0);
        check(`${mode}: evidence in ${place} does not stick out`, over <= 0, `${over} pixels`);
        if (mode === "wide") {
          await page.evaluate(axe);
          const found = await page.evaluate(() => window.axe.run(document));
          check(`evidence in ${place}: axe`, found.violations.length === 0, found.violations.map((v) => `${v.id} ${v.nodes[0].html.slice(0, 120)}`).join("; "));
        }
      }
    }
  }

  const plain = await (await context({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${base}/`);
  await plain.fill("#q", "harbour");
  await plain.click("button.main");
  check("without scripts: a search", (await plain.locator(".list li").count()) > 0);
  await plain.locator(".facet a").first().click();
  check("without scripts: a facet", (await plain.locator(".chosen a").count()) === 1);
  await plain.locator(".timelines a").last().click();
  check("without scripts: by mentioned time", plain.url().includes("by=mentioned"));
  await plain.locator(".list h3 a").first().click();
  check("without scripts: a story", await plain.locator("article.story h1").isVisible());
  await plain.goto(`${base}${pages.arabic}`);
  check("a story in Arabic is set right to left", (await plain.locator("article.story").getAttribute("dir")) === "rtl");

  const print = await (await context({})).newPage();
  await print.goto(base + pages.story);
  await print.emulateMedia({ media: "print" });
  check("in print: no head", !(await print.locator(".top").isVisible()));
  check("in print: the story", await print.locator("article.story .body").isVisible());
} finally {
  await browser.close();
  end();
}
for (const failure of failures) console.log(`browser: ${failure}`);
console.log(failures.length === 0 ? `${checks} checks passed` : `${failures.length} of ${checks} checks failed`);
process.exit(failures.length === 0 ? 0 : 1);
