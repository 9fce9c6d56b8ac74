// What a reader does on the pages of `annals serve`, done in a browser: with and without script, by keyboard alone, on paper,
// in the dark, on a telephone and on a wall. Every page is also checked against WCAG 2.2 AA by axe.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const require = createRequire(path.join(process.env.BROWSER_HOME, "package.json"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const here = path.dirname(new URL(import.meta.url).pathname);
const [annals, ...rest] = process.argv.slice(2);
const flag = rest.indexOf("--screens");
const shownIn = flag < 0 ? null : rest[flag + 1];
const inputs = flag < 0 ? rest : rest.slice(0, flag);
const home = path.resolve(process.env.BROWSER_HOME);
const screens = path.resolve(home, "../screens");
const archive = path.join(home, "archive");

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
let failed = 0;
const must = (holds, words) => {
  if (!holds) throw new Error(words);
};
async function check(name, run) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error.message ?? error).split("\n").slice(0, 12).join("\n        ")}`);
  }
}

function run(...words) {
  const done = spawnSync(annals, words, { encoding: "utf8" });
  must(done.status === 0, `annals ${words.join(" ")}: ${done.stderr}`);
}

async function serve() {
  const child = spawn(annals, ["serve", archive, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  const address = await new Promise((found, lost) => {
    child.stdout.once("data", (line) => found(String(line).trim().replace(/\/$/, "")));
    child.once("exit", () => lost(new Error("the server did not start")));
  });
  return { child, address };
}

fs.rmSync(archive, { recursive: true, force: true });
fs.mkdirSync(screens, { recursive: true });
// In two runs: the second is what is new since the first.
const files = inputs.flatMap((input) => (fs.statSync(input).isDirectory() ? fs.readdirSync(input).sort().map((name) => path.join(input, name)) : [input]));
run("add", archive, ...files.slice(0, Math.ceil(files.length / 2)));
await sleep(1100);
const between = `${new Date().toISOString().slice(0, 19)}Z`;
await sleep(1100);
run("add", archive, ...files.slice(Math.ceil(files.length / 2)), path.join(here, "odd"));
const { child, address } = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-background-networking"] });

const wrong = [];
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) wrong.push(`asks for ${request.url()}`);
  });
  return page;
}
const go = async (page, place) => {
  const answer = await page.goto(place.startsWith("http") ? place : address + place);
  must(answer === null || answer.status() === 200, `${place}: ${answer?.status()}`);
};

/// The pages that all checks visit, found by walking: their addresses hold hashes.
const places = {};
await check("a story is found from the first page", async () => {
  const page = await open();
  await go(page, "/");
  must((await page.locator("ol.stories > li").count()) > 3, "too few stories");
  await page.fill("#q", "hearing water");
  await page.press("#q", "Enter");
  await page.waitForURL(/q=hearing/);
  await page.locator("ol.stories h2 a").first().click();
  must((await page.locator("ol.timeline > li").count()) > 3, "no timeline");
  places.story = page.url().replace(address, "");
});
await check("stories are narrowed while typing, and by outlet and day", async () => {
  const page = await open();
  await go(page, "/");
  await page.locator("#q").pressSequentially("lamp posts");
  await page.locator("#results .found").waitFor();
  must((await page.locator("ol.stories > li").count()) === 1, "not narrowed while typing");
  await go(page, "/?q=&outlet=Harbour+Light&person=&after=2025-09-01&before=");
  must((await page.locator("ol.stories > li").count()) === 1, "not narrowed by outlet");
  await go(page, "/?after=2031-01-01");
  must((await page.locator("ol.stories > li").count()) === 0, "not narrowed by day");
});
await check("a line of the timeline opens onto its exact words", async () => {
  const page = await open();
  await go(page, places.story);
  const line = page.locator("ol.timeline > li").first();
  must(!(await line.locator("mark").first().isVisible()), "open before it was asked for");
  await line.locator("summary").first().click();
  const marked = (await line.locator("mark").first().textContent()).trim();
  must(marked.length > 10, "nothing is marked");
  await line.locator("footer a").first().click();
  must((await page.locator(".text").textContent()).includes(marked), `“${marked}” is not in the report`);
  must((await page.locator(".para:target").count()) === 1, "the link does not lead to the paragraph");
  places.report = page.url().replace(address, "").split("#")[0];
});
await check("the timeline is folded by month and by week", async () => {
  const page = await open();
  await go(page, places.story);
  const all = await page.locator("ol.timeline > li").count();
  for (const zoom of ["By month", "By week"]) {
    await page.getByRole("link", { name: zoom }).click();
    must((await page.locator("details.fold").count()) > 0, `${zoom}: no folds`);
    must((await page.locator("ol.timeline > li").count()) === all, `${zoom}: lines are lost`);
  }
});
await check("a copy leads to its original", async () => {
  const page = await open();
  await go(page, places.story);
  await page.locator(".trees ul ul a").first().click();
  places.copy = page.url().replace(address, "");
  const copy = await page.locator("h1").textContent();
  must((await page.locator(".m-copied").count()) > 0, "nothing is marked as copied");
  await page.locator(".uses a", { hasText: "copied from" }).first().click();
  must((await page.locator("h1").textContent()) !== copy && (await page.locator(".text").count()) === 1, "no other report");
});
await check("a place inside a fold is shown when a link leads there", async () => {
  const page = await open();
  await go(page, places.report);
  const link = page.locator(".uses a[href*='#said-']").first();
  const place = (await link.getAttribute("href")).split("#")[1];
  await link.click();
  must(await page.locator(`[id="${place}"]`).isVisible(), `${place} is not shown`);
});
await check("a name is corrected, and that taken back", async () => {
  const page = await open();
  await go(page, places.story);
  await page.locator(".speaker h4 a", { hasText: "Ada Renholm" }).first().click();
  places.name = page.url().replace(address, "");
  const others = page.locator("#other-b option");
  const before = await others.count();
  must(before > 0, "no other form of the name");
  const split = await others.first().getAttribute("value");
  await page.locator("#other-b").selectOption(split);
  await page.fill("#other-why", "asked both");
  await page.getByRole("button", { name: "Split the names" }).click();
  await page.locator(".decided").waitFor();
  must(!(await page.locator(".aka li").allTextContents()).includes(split), `${split} is still a form of the name`);
  await page.locator(".decided button").first().click();
  await page.locator("#other-b").waitFor();
  must((await others.count()) === before, "not taken back");
  await go(page, "/decisions");
  must((await page.locator(".decisions li").count()) === 2, "the decisions are not both kept");
});
await check("a report is taken out of its story, and that taken back", async () => {
  const page = await open();
  await go(page, places.story);
  const before = await page.locator("#split-a option").count();
  const out = await page.locator("#split-a option").last().getAttribute("value");
  await page.locator("#split-a").selectOption(out);
  await page.getByRole("button", { name: "Take it out" }).click();
  await page.locator(".decided").waitFor();
  const left = await page.locator("#split-a option").evaluateAll((all) => all.map((o) => o.value));
  must(left.length < before && !left.includes(out), "it is still in the story");
  must((await page.locator("#merge-b option").count()) > 0, "no other story is offered");
  await page.locator(".decided button").first().click();
  await page.locator(".decided").waitFor({ state: "detached" });
  must((await page.locator("#split-a option").count()) === before, "not taken back");
});
await check("search finds a phrase, leads to the report, and says what is wrong", async () => {
  const page = await open();
  await go(page, "/search");
  await page.fill("#q", '"public hearing"');
  await page.press("#q", "Enter");
  await page.waitForURL(/q=/);
  must((await page.locator(".hits mark").count()) > 0, "no words are marked");
  await page.locator(".hits h2 a").first().click();
  must(page.url().includes("/report/"), "no report");
  await go(page, "/search?q=after%3Anever");
  must(await page.locator(".notice").isVisible(), "a query that is none is not told");
});
await check("what came in since a moment is told", async () => {
  const page = await open();
  await go(page, places.story);
  await page.getByRole("link", { name: "what is new from now on" }).click();
  must((await page.locator("#new").textContent()).includes("No report came in after that"), "something is new already");
  await go(page, `${places.story.split("?")[0]}?since=${between}`);
  must((await page.locator("#new li details").count()) > 3, "nothing is new since the first half came in");
  await page.locator("#new li summary").first().click();
  must((await page.locator("#new li mark").count()) > 0, "a change does not open onto its words");
});
await check("versions of a page are compared", async () => {
  const page = await open();
  await go(page, "/search?q=%22lamp+posts%22");
  const links = await page.locator(".hits h2 a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  must(links.length === 2, `${links.length} versions`);
  let seen = 0;
  for (const link of links) {
    await go(page, link);
    must((await page.locator(".uses", { hasText: "copied from" }).count()) === 0, "a version is told as a copy");
    must((await page.locator(".versions li").count()) === 2, "the versions do not know each other");
    seen += await page.locator(".diff del").count();
    if (await page.locator(".diff del").count()) places.versions = link;
  }
  must(seen > 0, "no difference is shown");
});
await check("words of a report can do nothing", async () => {
  const page = await open();
  await go(page, "/search?q=%22bread+fair%22");
  await page.locator(".hits h2 a").first().click();
  places.hostile = page.url().replace(address, "");
  await page.mouse.move(300, 200);
  for (const place of [places.hostile, "/", "/ledger"]) {
    await go(page, place);
    must((await page.evaluate(() => window.hurt)) === undefined, `${place}: a script of a report ran`);
    must((await page.locator("main img, main script, main iframe").count()) === 0, `${place}: markup of a report`);
  }
});
await check("writing from right to left runs from right to left", async () => {
  const page = await open();
  await go(page, "/search?q=outlet:%22Harbour+Radio%22");
  if ((await page.locator(".hits h2 a").count()) === 0) await go(page, "/search?q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1");
  await page.locator(".hits h2 a").first().click();
  places.rtl = page.url().replace(address, "");
  const direction = await page.locator(".text p").last().evaluate((p) => getComputedStyle(p).direction);
  must(direction === "rtl", direction);
});
await check("the first page is less than 200 kB, and so is a story", async () => {
  for (const place of ["/", places.story]) {
    const page = await open();
    const bodies = [];
    page.on("response", (answer) => bodies.push(answer.body()));
    await page.goto(address + place, { waitUntil: "networkidle" });
    const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + body.length, 0);
    console.log(`        ${place.slice(0, 24)}: ${Math.round(bytes / 1000)} kB`);
    must(bytes < 200_000, `${place}: ${bytes} bytes`);
  }
});
await check("on paper there are the lines and no buttons", async () => {
  const page = await open();
  await go(page, places.story);
  await page.emulateMedia({ media: "print" });
  must(!(await page.locator(".bar").isVisible()) && !(await page.locator(".zoom").isVisible()), "what cannot be used is printed");
  must(await page.locator("ol.timeline > li").first().isVisible(), "no timeline");
  const pdf = await page.pdf({ path: path.join(screens, "story.pdf"), preferCSSPageSize: true });
  const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  must(sheets >= 1 && sheets <= 4, `${sheets} sheets`);
});
await check("paper is white, whatever was chosen for the screen", async () => {
  const page = await open({ colorScheme: "dark" });
  await go(page, places.story);
  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  await page.emulateMedia({ media: "print" });
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  must(ground === "rgb(255, 255, 255)", ground);
});
await check("dark is dark, and what was chosen is kept", async () => {
  const page = await open({ colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await go(page, "/");
  must((await ground()) === "rgb(22, 21, 20)", await ground());
  await page.getByRole("button", { name: "Light" }).click();
  must((await ground()) === "rgb(253, 252, 249)", await ground());
  await page.reload();
  must((await ground()) === "rgb(253, 252, 249)", "the choice is lost");
});
await check("everything is done by keyboard", async () => {
  const page = await open();
  await go(page, "/");
  await page.keyboard.press("Tab");
  must(await page.locator(".skip").evaluate((skip) => skip === document.activeElement && skip.getBoundingClientRect().left >= 0), "no skip link");
  await page.keyboard.press("Enter");
  await page.keyboard.press("/");
  must(await page.locator("#q").evaluate((box) => box === document.activeElement), "no way to the box");
  await page.keyboard.type("hearing water");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=hearing/);
  await page.locator("#results .found").waitFor();
  await page.keyboard.press("j");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  must(outline === "solid", "the focus is not seen");
  await page.keyboard.press("Enter");
  await page.locator("ol.timeline").waitFor();
  await page.evaluate(() => document.querySelector("ol.timeline summary").focus());
  await page.keyboard.press("Enter");
  must(await page.locator("ol.timeline > li mark").first().isVisible(), "a line does not open");
  await page.keyboard.press("?");
  must(await page.locator("dialog.keys").isVisible(), "no help");
  await page.keyboard.press("Escape");
});
await check("a citation is copied", async () => {
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await go(page, places.report);
  await page.locator("details.cite summary").first().click();
  await page.locator("details.cite button").first().click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const told = await page.evaluate(() => navigator.clipboard.readText());
  must(told.includes("(report ") && told === (await page.locator(".citation").first().textContent()), told);
});
await check("without script all of it works", async () => {
  const page = await open({ javaScriptEnabled: false });
  await go(page, "/");
  await page.fill("#q", "hearing water");
  await page.getByRole("button", { name: "Find" }).click();
  await page.locator("ol.stories h2 a").first().click();
  await page.locator("ol.timeline > li summary").first().click();
  must(await page.locator("ol.timeline > li mark").first().isVisible(), "a line does not open");
  await page.locator("ol.timeline > li details.cite summary").first().click();
  must(await page.locator("ol.timeline > li .citation").first().isVisible(), "no citation");
  await go(page, places.name);
  const split = await page.locator("#other-b option").first().getAttribute("value");
  await page.getByRole("button", { name: "Split the names" }).click();
  must(!(await page.locator(".aka li").allTextContents()).includes(split), "the form does not work");
  await page.locator(".decided button").first().click();
  must((await page.locator("#other-b").count()) === 1, "not taken back");
});
await check("what is not there is told on a page", async () => {
  const page = await open();
  const answer = await page.goto(`${address}/report/00000000000000000000000000000000`);
  must(answer.status() === 404 && (await page.locator(".bar").isVisible()), String(answer.status()));
  wrong.splice(0, wrong.length, ...wrong.filter((w) => !w.includes("404") && !w.includes("400")));
});

const all = {
  stories: "/", story: places.story, months: `${places.story?.split("?")[0]}?zoom=month`,
  since: `${places.story?.split("?")[0]}?since=${between}`, report: places.report, copy: places.copy,
  versions: places.versions, hostile: places.hostile, rtl: places.rtl, name: places.name, figures: "/figures", due: "/due",
  ledger: "/ledger", decisions: "/decisions", search: "/search?q=hearing", help: "/search",
};
for (const [name, place] of Object.entries(all)) {
  await check(`${name}: nobody is kept out (axe, WCAG 2.2 AA)`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open({ colorScheme });
      await go(page, place);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
      const told = found.violations.map((v) => `${colorScheme} ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
      must(told.length === 0, told.join("\n"));
      await page.context().close();
    }
  });
}
const SIZES = { telephone: [360, 800], desk: [1200, 900], wall: [3840, 2160] };
for (const [name, place] of Object.entries(all)) {
  await check(`${name}: fits a telephone, a desk and a wall`, async () => {
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      for (const colorScheme of ["light", "dark"]) {
        const page = await open({ colorScheme, viewport: { width, height } });
        await go(page, place);
        await page.screenshot({ path: path.join(screens, `${name}-${size}-${colorScheme}.png`), fullPage: size === "telephone" && colorScheme === "light" });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        must(over <= 0, `${size}: ${over} pixels too wide`);
        await page.context().close();
      }
    }
  });
}
await check("nothing went wrong in the browser, and nothing was asked of other machines", () => must(wrong.length === 0, wrong.join("\n")));

if (shownIn) {
  fs.mkdirSync(shownIn, { recursive: true });
  for (const [name, place, colorScheme] of [["story", places.story, "light"], ["report", places.copy, "light"], ["stories", "/?q=water", "dark"]]) {
    const page = await open({ colorScheme, viewport: { width: 1200, height: 850 } });
    await go(page, place);
    await page.screenshot({ path: path.join(shownIn, `${name}.png`) });
  }
}
await browser.close();
child.kill();
console.log(failed ? `${failed} checks failed` : `all checks hold; what was seen is in ${screens}`);
process.exit(failed ? 1 : 0);
