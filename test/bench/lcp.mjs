// Largest Contentful Paint on a slow phone: 400 kbit/s, 400 ms there and back, a processor four times slower.
// node test/bench/lcp.mjs BASE PATH...   prints "PATH median min max" in ms, of five fresh visits
import { startChromium } from '../e2e/browser.mjs';

const [base, ...paths] = process.argv.slice(2);
const browser = await startChromium();
for (const path of paths) {
  const took = [];
  for (let round = 0; round < 5; round++) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50000, uploadThroughput: 50000 });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(base + path, { waitUntil: 'load' });
    took.push(await page.evaluate(() => new Promise((done) => {
      let last = 0;
      new PerformanceObserver((list) => { for (const e of list.getEntries()) last = e.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
      setTimeout(() => done(last), 600);
    })));
    await context.close();
  }
  took.sort((a, b) => a - b);
  console.log(`${path} ${[took[2], took[0], took[4]].map(Math.round).join(' ')}`);
}
await browser.close();
