// Debian's Chromium by playwright-core. HUSTINGS_CHROMIUM names another one.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { url } from "./campaign.mjs";

const path = process.env.HUSTINGS_CHROMIUM ?? "/usr/bin/chromium";
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync",
               "--disable-default-apps"];
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const laptop = { viewport: { width: 1280, height: 860 } };

let browser = null;

export async function closeBrowser() {
  await browser?.close();
  browser = null;
}

/// A fresh visitor: an own context with one page. Errors of the page itself fail the test.
export async function visit(t, { on = "laptop", api = null } = {}) {
  browser ??= await chromium.launch({ executablePath: path, args: quiet });
  const context = await browser.newContext({ ...(on === "phone" ? phone : laptop),
                                             baseURL: url(), reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  if (api) await context.addCookies([api.cookieFor()]);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (request.url().startsWith("tel:")) return;  // handed to the phone
    if (!request.url().startsWith(url())) faults.push(`asked elsewhere: ${request.url()}`);
  });
  t.after(async () => {
    await context.close();
    if (faults.length > 0) throw new Error(`faults in the page:\n${faults.join("\n")}`);
  });
  return { page, context };
}

/// Opens the caller's menu and chooses in it.
export async function chooseInMenu(page, name) {
  await page.locator(".call-menu summary").click();
  await page.locator(".call-menu-items").getByRole("button", { name }).click();
}

/// A picture for people, where HUSTINGS_PICTURES names a folder.
export async function picture(page, name) {
  const folder = process.env.HUSTINGS_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/// Fails when the page is wider than its window.
export async function fitsWidth(page) {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) throw new Error(`the page is ${over} px wider than its window`);
}
