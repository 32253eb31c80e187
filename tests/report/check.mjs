// Opens report.html of finished sets in Chromium and fails with everything that is wrong with it.
//
//     CHROMIUM=/usr/bin/chromium PLAYWRIGHT=FOLDER/ node check.mjs SET...
//
// FOLDER is where playwright-core was installed. Scripts of the page are off but for one pass, in which nothing may run.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { chromium } = createRequire(process.env.PLAYWRIGHT)('playwright-core');
const WIDTHS = [360, 768, 1280];
const SCHEMES = ['light', 'dark'];
const problems = [];

// What a place in the run record holds: a JSON pointer, with `*` for the sum over all items and a last `#` for their number.
function valueAt(record, pointer) {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const walk = (value, [step, ...rest]) => {
    if (step === undefined) return value ?? 0;
    if (step === '#') return Object.keys(value).length;
    if (step === '*') return Object.values(value).reduce((sum, item) => sum + walk(item, rest), 0);
    return value === undefined ? 0 : walk(value[step], rest);
  };
  return walk(record, steps);
}

const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

// Figures of the page that are not those of the record, or not shown as what they are.
function wrongFigures(record, figures) {
  const wrong = [];
  for (const { place, of, value, text } of figures) {
    const found = valueAt(record, place);
    const whole = of === null ? null : valueAt(record, of);
    const expected = whole === null ? found : whole === 0 ? 0 : found / whole;
    if (Math.abs(Number(value) - expected) > 1e-9 * Math.max(1, Math.abs(expected))) {
      wrong.push(`${place}: the page has ${value}, the record ${expected}`);
    }
    if (text === null) continue;
    const isRight = whole === null
      ? (Number.isInteger(found) ? text === grouped(found) : Math.abs(Number(text.replaceAll(',', '')) - found) <= 0.5)
      : (whole === 0 ? text === '-' : Math.abs(Number(text.replace(' %', '')) - 100 * expected) <= 0.0501);
    if (!isRight) wrong.push(`${place}: shown as ${text}, which is not ${expected}`);
  }
  return wrong;
}

// Runs in the page.
function figuresOfPage() {
  return [...document.querySelectorAll('[data-figure]')].map((element) => ({
    place: element.getAttribute('data-figure'),
    of: element.getAttribute('data-of'),
    value: element.getAttribute('data-value'),
    text: element.localName === 'rect' ? null : element.textContent,
  }));
}

// Runs in the page: everything that can be measured.
function faultsOfPage() {
  const faults = [];
  const name = (element) => `<${element.localName}> ${(element.textContent ?? '').trim().slice(0, 50)}`;
  const root = document.scrollingElement;
  document.querySelectorAll('details').forEach((details) => details.setAttribute('open', ''));
  if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);

  // Words of pictures: inside their picture, and not over one another.
  for (const svg of document.querySelectorAll('svg.chart')) {
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map((text) => [text, text.getBoundingClientRect()]);
    for (const [text, box] of boxes) {
      const isInside = box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 3
        && box.bottom <= frame.bottom + 3;
      if (!isInside) faults.push(`outside of its picture by ${Math.round(box.right - frame.right)}: ${name(text)}`);
    }
    boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([other, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 0 && down > 4) faults.push(`${name(one)} lies over ${name(other)}`);
    }));
    for (const bar of svg.querySelectorAll('rect[data-full]')) {
      const full = Number(bar.dataset.full);
      const expected = full === 0 ? 0 : (frame.width * Number(bar.dataset.value)) / full;
      const width = bar.width.baseVal.value;
      if (Math.abs(width - expected) > 0.5) faults.push(`a bar of ${expected} pixels has ${width}: ${bar.dataset.figure}`);
    }
    const labels = (svg.getAttribute('aria-labelledby') ?? '').split(' ').filter((id) => document.getElementById(id));
    if (svg.getAttribute('role') !== 'img' || labels.length !== 2) faults.push(`a picture without name: ${svg.id}`);
  }

  // Text: where it can be read, and dark enough or light enough against what lies behind it.
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest('style, svg title, svg desc')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const isAway = box.right < 0 || box.width === 0;
    if (isAway) continue;
    if (!element.closest('.scroll') && box.right > root.clientWidth + 1) faults.push(`beyond the page: ${name(element)}`);
    const style = getComputedStyle(element);
    const isDrawn = element.closest('svg') !== null;
    const wedge = isDrawn && element.closest('svg.chart').querySelector('.wedge');
    const grounds = [behind(element), ...(wedge ? [getComputedStyle(wedge).fill] : [])];
    for (const ground of grounds) {
      const found = contrast(isDrawn ? style.fill : style.color, ground);
      if (found < 4.5) faults.push(`contrast ${found.toFixed(2)}: ${name(element)}`);
    }
  }

  // What those rely on who do not see the page.
  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) faults.push(`a heading of level ${own} below one of ${level}: ${name(heading)}`);
    level = own;
  }
  if (document.querySelectorAll('h1').length !== 1) faults.push('the page has not one main heading');
  for (const table of document.querySelectorAll('table')) {
    if (!table.caption) faults.push(`a table without caption: ${table.id}`);
    const without = [...table.querySelectorAll('th')].filter((cell) => !cell.getAttribute('scope')).length;
    if (without > 0) faults.push(`${without} headings without scope: ${table.id}`);
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  ids.filter((id, place) => ids.indexOf(id) !== place).forEach((id) => faults.push(`two elements have the id ${id}`));
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!document.getElementById(link.getAttribute('href').slice(1))) faults.push(`a link leads nowhere: ${name(link)}`);
  }
  return faults;
}

async function look(browser, folder, { width, scheme, scripts }) {
  const where = `${folder}, ${width} wide, ${scheme}${scripts ? ', scripts on' : ''}`;
  const say = (problem) => problems.push(`${where}: ${problem}`);
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ viewport, colorScheme: scheme, javaScriptEnabled: scripts });
  const page = await context.newPage();
  const address = pathToFileURL(resolve(folder, 'report.html')).href;
  page.on('console', (message) => { if (message.type() === 'error') say(message.text()); });
  page.on('pageerror', (error) => say(String(error)));
  page.on('dialog', (dialog) => { say(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => { if (request.url() !== address) say(`a request of ${request.url()}`); });
  await page.goto(address);
  (await page.evaluate(faultsOfPage)).forEach(say);
  const figures = await page.evaluate(figuresOfPage);
  if (figures.length < 20) say(`only ${figures.length} figures`);
  const record = JSON.parse(readFileSync(resolve(folder, 'manifest.json'), 'utf8'));
  wrongFigures(record, figures).forEach(say);
  await context.close();
  return figures.length;
}

const flags = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking'
  + ' --disable-component-update --disable-sync';
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags.split(' ') });
for (const folder of process.argv.slice(2)) {
  let figures = 0;
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) figures = await look(browser, folder, { width, scheme, scripts: false });
  }
  await look(browser, folder, { width: 768, scheme: 'light', scripts: true });
  console.log(`${folder}/report.html: looked at 7 times, ${figures} figures compared with the record`);
}
await browser.close();
if (problems.length > 0) {
  console.error(problems.slice(0, 60).join('\n'));
  console.error(`${problems.length} problems`);
  process.exit(1);
}
