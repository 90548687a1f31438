// Chromium as the distribution has it, asking nothing of the network by itself.
import { chromium } from 'playwright-core';

export const startChromium = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'] });
