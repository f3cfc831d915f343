// What stands in place of the desk while it cannot be shown: opening, open elsewhere, refused.
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from '../components/button.tsx';
import { coreProblemInWords } from '../language/words/problems.ts';
import type { CoreError } from '../core-client/core-error.ts';
import { StillPage } from './still-page.tsx';

/** Usually gone before it is seen; says something only when it takes long. */
export function OpeningPage() {
  const { t } = useLingui();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 1_500);
    return () => clearTimeout(timer);
  }, []);
  if (!slow) return null;
  return (
    <StillPage title={t`The desk is opening`}>
      <Trans>
        This takes longer than usual. The desk keeps trying; if it stays like this, start Anklang
        again.
      </Trans>
    </StillPage>
  );
}

/** `since` is epoch ms, null when the other window is a tab of this browser. */
export function ElsewherePage({ since, onRetry }: { since: number | null; onRetry: () => void }) {
  const { t, i18n } = useLingui();
  const time =
    since === null
      ? null
      : new Intl.DateTimeFormat(i18n.locale, { hour: '2-digit', minute: '2-digit' }).format(since);
  return (
    <StillPage
      title={t`The desk is already open`}
      action={
        <Button variant="primary" size="large" onPress={onRetry} autoFocus>
          <Trans>Look again</Trans>
        </Button>
      }
    >
      {time === null ? (
        <Trans>
          It is open in another tab or window. A call can ring in one place only: go on there, or
          close it and look again here.
        </Trans>
      ) : (
        <Trans>
          It has been open in another window since {time}. A call can ring in one place only: go on
          there, or close it and look again here.
        </Trans>
      )}
    </StillPage>
  );
}

export function RefusedPage({ error, onRetry }: { error: CoreError; onRetry: () => void }) {
  const { t, i18n } = useLingui();
  return (
    <StillPage
      title={t`The desk cannot open`}
      action={
        <Button variant="primary" size="large" onPress={onRetry} autoFocus>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      {coreProblemInWords(i18n, error.problem)}
    </StillPage>
  );
}
