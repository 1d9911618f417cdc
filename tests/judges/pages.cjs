// Pages as a browser has them: axe-core's findings, what a narrow window cuts, what the page asks the network for or its policy
// refuses; and html-validate's findings. Prints JSON: {file: [complaint, …]}. Needs NODE_PATH and a Chromium.
// node pages.cjs CHROMIUM file…
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: { "no-inline-style": "error", "long-title": "off", "svg-focusable": "off", "tel-non-breaking": "off", "no-trailing-whitespace": "off" },
});

async function look(browser, file, width, scheme) {
  const complaints = [];
  const page = await browser.newPage();
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("dialog", async (dialog) => { complaints.push(`dialog: ${dialog.message()}`); await dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) complaints.push(`network: ${request.url()}`); });
  await page.goto(`file://${path.resolve(file)}`);
  const cut = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (cut > 0) complaints.push(`cut: ${cut} pixels beyond ${width}`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of found.violations) {
    complaints.push(`axe ${width} ${scheme}: ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }
  await page.close();
  return complaints;
}

(async () => {
  const [chromium, ...files] = process.argv.slice(2);
  const profile = fs.mkdtempSync(path.join(require("os").tmpdir(), "hojo-look-"));
  const browser = await puppeteer.launch({
    executablePath: chromium,
    userDataDir: profile,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const told = {};
  try {
    for (const file of files) {
      told[file] = [];
      for (const [width, scheme] of [[390, "light"], [1280, "dark"]]) told[file].push(...(await look(browser, file, width, scheme)));
      const report = await validator.validateString(fs.readFileSync(file, "utf8"), file);
      for (const result of report.results) {
        for (const message of result.messages) told[file].push(`html ${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
      }
    }
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
  console.log(JSON.stringify(told));
})();
