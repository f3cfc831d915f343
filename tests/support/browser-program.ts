// Which Chromium the tests drive: the one without a window where there is one, since the full browser
// draws a frame of its own that nobody sees.
import { existsSync } from 'node:fs';

export const browserProgram =
  process.env['CHROMIUM'] ??
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((program) =>
    existsSync(program),
  ) ??
  '/usr/bin/chromium';
