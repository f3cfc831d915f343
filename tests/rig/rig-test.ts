// What every journey on real peers shares: one rig, one agent's browser with a voice, one built page, and
// two ordinary telephones, each with a voice of its own.
import { test as base } from '@playwright/test';
import { type AgentBrowser, startAgentBrowser } from '../support/chromium.ts';
import type { Telephone } from './baresip.ts';
import { type RigPage, serveRigPage } from './page-server.ts';
import { COLLEAGUE, type Rig, startRig } from './rig.ts';

export const CUSTOMER_TONE = 440;
export const AGENT_TONE = 700;
export const COLLEAGUE_TONE = 1050;
/** Long enough to answer it by hand on a busy machine, short enough for a test. */
const RING_TIMEOUT_MS = 8000;

interface OfTest {
  /** The customer's. */
  telephone: Telephone;
  colleague: Telephone;
}
interface OfWorker {
  rig: Rig;
  served: RigPage;
  agent: AgentBrowser;
}

export const rigTest = base.extend<OfTest, OfWorker>({
  rig: [
    async ({}, use) => {
      const rig = await startRig({ ringTimeoutMs: RING_TIMEOUT_MS });
      await use(rig);
      await rig.stop();
    },
    { scope: 'worker' },
  ],
  served: [
    async ({}, use) => {
      const served = await serveRigPage('desk-phone');
      await use(served);
      await served.close();
    },
    { scope: 'worker' },
  ],
  agent: [
    async ({}, use) => {
      const agent = await startAgentBrowser(AGENT_TONE);
      await use(agent);
      await agent.close();
    },
    { scope: 'worker' },
  ],
  telephone: async ({ rig }, use) => {
    const telephone = await rig.startTelephone({ tone: CUSTOMER_TONE });
    await use(telephone);
    await telephone.peer.kill('SIGTERM');
  },
  colleague: async ({ rig }, use) => {
    const telephone = await rig.startTelephone({ user: COLLEAGUE, tone: COLLEAGUE_TONE });
    await use(telephone);
    await telephone.peer.kill('SIGTERM');
  },
});
