// A voicemail's sound, read from core only when the agent wants to hear it.
import { useLingui } from '@lingui/react/macro';
import { Headphones } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import type { Core } from '../../core-client/core.ts';
import { useCore } from '../../core-client/queries.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './contact-recordings.module.css';

async function soundOf(core: Core, workId: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let type = '';
  for (let offset: number | null = 0; offset !== null; ) {
    const piece: Awaited<ReturnType<Core['work']['audio']>> = await core.work.audio({
      workId,
      offset,
    });
    pieces.push(Uint8Array.from(atob(piece.chunk), (letter) => letter.charCodeAt(0)));
    type = piece.type;
    offset = piece.next;
  }
  return new Blob(pieces, { type });
}

export function VoicemailSound({ workId }: { workId: string }) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [address, setAddress] = useState<string | null>(null);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  useEffect(() => {
    return () => {
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [address]);
  const hear = () => {
    setProblem(null);
    soundOf(core, workId).then(
      (sound) => setAddress(URL.createObjectURL(sound)),
      (thrown) => setProblem(coreProblemOf(thrown)),
    );
  };
  return (
    <div className={styles['recordings']}>
      {address === null ? (
        <div>
          <Button
            size="small"
            variant="quiet"
            icon={<Headphones aria-hidden="true" />}
            onPress={hear}
          >
            {t({ message: 'Listen to the voicemail', comment: 'Button' })}
          </Button>
        </div>
      ) : (
        // oxlint-disable-next-line jsx_a11y/media-has-caption -- What a caller said has no captions.
        <audio controls autoPlay src={address} aria-label={t`Voicemail`} />
      )}
      {problem === null ? null : (
        <Notice tone="caution">{coreProblemInWords(i18n, problem)}</Notice>
      )}
    </div>
  );
}
