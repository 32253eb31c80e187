// Writes the run record of a set that is hard to show, made from that of another one: large numbers, a stage that drops
// 97 %, a hundred and twenty languages, and texts that pages of a crawl could have to harm whoever reads of them.
//
//     node hostile.mjs SET NEW
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
const record = JSON.parse(readFileSync(`${from}/manifest.json`, 'utf8'));
const amount = (documents) => ({ documents, text_bytes: documents * 4321 });

record.name = 'hard';
record.about = {
  title: 'A set with a hundred and twenty languages and a title that is longer than one line of a phone',
  version: '1.0.0', published: '2026-01-31',
  description: 'One paragraph with <b>markup</b>.\n\nAnd one more.',
  curators: ['Somebody', 'Somebody else'],
  homepage: 'https://example.org/', contact: 'removal@example.org', license: 'CC0-1.0',
};

const letters = (text) => [...text];
const codes = letters('abcdefgh').flatMap((a) => letters('aeiou').flatMap((b) => letters('mnr').map((c) => a + b + c)));
const tiers = ['open', 'noncommercial', 'noderivatives', 'unclear', 'reserved', 'none'];
const { statistics, crawl } = record;
Object.assign(statistics, { languages: {}, language_tiers: {}, tiers: {} });
tiers.forEach((tier) => { statistics.tiers[tier] = amount(0); });
crawl.languages = {};
let documents = 0;
codes.forEach((code, rank) => {
  const count = Math.floor(3e8 / (rank + 1) ** 1.3);
  documents += count;
  statistics.languages[code] = amount(count);
  crawl.languages[code] = count * (1 + ((rank * 7) % 30));
  statistics.language_tiers[code] = {};
  let left = count;
  for (const tier of tiers) {
    const part = tier === 'none' ? left : Math.floor(left / 3);
    left -= part;
    statistics.language_tiers[code][tier] = part;
    statistics.tiers[tier] = amount(statistics.tiers[tier].documents + part);
  }
});
statistics.total = amount(documents);
record.tokens = {
  tokenizer: 'words.json', sha256: 'ab'.repeat(32), share: 0.01,
  total: { documents: 9, tokens: documents * 997, standard_error: 12345 },
  languages: Object.fromEntries(codes.slice(0, 60).map((code) => [code, { documents: 1, tokens: 987654321 }])),
};

// From the last stage to the first, so that every stage sees what the one before it kept.
let kept = documents;
for (const [rank, stage] of [...record.funnel.entries()].reverse()) {
  stage.kept = kept;
  const reasons = Object.keys(stage.dropped);
  reasons.forEach((reason, place) => { stage.dropped[reason] = Math.ceil(kept / (3 + 9 * place)); });
  if (reasons.length > 0 && rank % 4 === 2) stage.dropped[reasons[0]] = 33 * kept;
  kept += Object.values(stage.dropped).reduce((sum, count) => sum + count, 0);
  stage.seen = kept;
}

const [script, long, right_to_left, evidence] = record.samples;
Object.assign(script, {
  title: '</script><script>alert(1)</script>"onmouseover=\'alert(2)\'', url: 'javascript:alert(3)',
  text_start: `\u202Eturned ${'x'.repeat(270)}`, date: '</time>', language: '"><b>',
});
Object.assign(long, { title: 'W'.repeat(10_000), url: `https://example.org/${'a'.repeat(3_000)}`, text_start: 'm'.repeat(280) });
Object.assign(right_to_left, {
  title: 'مثال من هذا المشروع', text_start: 'هذا نص قصير كتب لهذا الاختبار.', language: 'arb',
  url: 'https://bank.example@evil.example/',
});
evidence.evidence = [1, 2, 3].map(() => ({
  kind: 'rel_license', place: 'footer', value: `https://example.org/${'z'.repeat(600)}`,
  snippet: '<img src=x onerror=alert(4)>\u2066'.repeat(9),
}));
record.top_domains[0].domain = `${'a'.repeat(63)}.${'b'.repeat(63)}.example`;
if (record.top_domains.length > 1) record.top_domains[1].domain = '"><svg onload=alert(5)>.example';
statistics.licenses[`LicenseRef-${'very-long-'.repeat(30)}`] = amount(5);
crawl.tlds['xn--a-very-long-name-of-a-top-level-domain'] = crawl.pages;

mkdirSync(to, { recursive: true });
writeFileSync(`${to}/manifest.json`, JSON.stringify(record, null, 2));
