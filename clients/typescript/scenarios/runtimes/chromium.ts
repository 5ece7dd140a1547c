import { launch } from './browser.ts';
import { bundle } from './bundle.ts';
import type { Runtime } from './runtime.ts';

/** Each scenario is played by an empty page of the origin that it talks to. */
export const chromium: Runtime = {
  name: 'Chromium',
  async start() {
    const content = await bundle('play.ts', { format: 'iife', globalName: 'scenarios' });
    const browser = await launch();
    return {
      async play(scenario, door) {
        const page = await browser.newPage();
        try {
          const url = `${scenario.through ? door[`${scenario.through}Url`] : door.baseUrl}/page`;
          await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
          await page.goto(url);
          await page.unroute(url);
          await page.addScriptTag({ content });
          await page.evaluate(`scenarios.play(${JSON.stringify(scenario)}, ${JSON.stringify(door)})`);
        } finally {
          await page.close();
        }
      },
      close: () => browser.close(),
    };
  },
};
