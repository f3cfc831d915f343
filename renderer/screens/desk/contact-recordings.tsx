// The recordings of one contact: heard with a seek bar, and erased for good.
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Headphones, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Recording } from '../../../preload/contract/calls.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { type CoreProblem, coreProblemOf } from '../../core-client/core-error.ts';
import { useCore } from '../../core-client/queries.ts';
import { recordedSound } from '../../desk-state/recorded-sound.ts';
import { useFormats } from '../../language/use-formats.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import styles from './contact-recordings.module.css';

interface ContactRecordingsProps {
  /** All legs of the contact. */
  callIds: readonly string[];
  count: number;
}

/** Asks for the recordings only when the agent wants to hear them. */
export function ContactRecordings({ callIds, count }: ContactRecordingsProps) {
  const { t, i18n } = useLingui();
  const core = useCore();
  const [open, setOpen] = useState(false);
  const recordings = useQuery({
    queryKey: ['calls', 'recordings', ...callIds],
    queryFn: async () => {
      const all = await Promise.all(callIds.map((callId) => core.recordings.ofCall({ callId })));
      return all.flat().sort((one, other) => one.startedAt - other.startedAt);
    },
    enabled: open,
  });
  return (
    <div className={styles['recordings']}>
      <div>
        <Button
          size="small"
          variant="quiet"
          icon={<Headphones aria-hidden="true" />}
          onPress={() => setOpen(!open)}
        >
          {open
            ? t({ message: 'Close the recordings', comment: 'Button in the timeline' })
            : count === 1
              ? t({ message: 'Listen to the recording', comment: 'Button in the timeline' })
              : t({ message: `Listen to ${count} recordings`, comment: 'Button in the timeline' })}
        </Button>
      </div>
      {open && recordings.error !== null ? (
        <Notice tone="caution">{coreProblemInWords(i18n, coreProblemOf(recordings.error))}</Notice>
      ) : null}
      {open && recordings.data !== undefined
        ? recordings.data.map((recording) => (
            <Player key={recording.recordingId} recording={recording} />
          ))
        : null}
    </div>
  );
}

function Player({ recording }: { recording: Recording }) {
  const { t, i18n } = useLingui();
  const formats = useFormats();
  const core = useCore();
  const queries = useQueryClient();
  const sound = useRef<HTMLAudioElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [problem, setProblem] = useState<CoreProblem | null>(null);
  const [asked, setAsked] = useState(false);
  const { recordingId, state } = recording;
  const there = state === 'finished' || state === 'interrupted';
  useEffect(() => {
    if (!there) return undefined;
    let here = true;
    let made: string | null = null;
    recordedSound((offset) => core.recordings.read({ recordingId, offset })).then(
      (blob) => {
        if (!here) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      },
      (thrown) => here && setProblem(coreProblemOf(thrown)),
    );
    return () => {
      here = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [core, recordingId, there]);
  /** A recording in pieces does not say how long it is; its end does. */
  const findLength = () => {
    const player = sound.current;
    if (player === null || Number.isFinite(player.duration)) return;
    player.addEventListener('durationchange', () => (player.currentTime = 0), { once: true });
    player.currentTime = Number.MAX_SAFE_INTEGER;
  };
  const erase = () => {
    setAsked(false);
    core.recordings.erase({ recordingId }).then(
      () => {
        void queries.invalidateQueries({ queryKey: ['calls', 'recordings'] });
        void queries.invalidateQueries({ queryKey: ['customer'] });
      },
      (thrown) => setProblem(coreProblemOf(thrown)),
    );
  };
  const when = formats.moment(recording.startedAt);
  return (
    <div className={styles['recording']}>
      <p className={styles['facts']}>
        {[
          t`Recorded ${when}`,
          formats.clock(recording.durationMs),
          state === 'open' ? t`still running` : null,
          state === 'interrupted' ? t`interrupted, whole up to there` : null,
          state === 'erased' ? t`erased` : null,
          recording.keptUntil === null || state === 'erased'
            ? null
            : t`kept until ${formats.date(recording.keptUntil)}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {problem === null ? null : (
        <Notice tone="caution">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      {there && problem === null ? (
        <div className={styles['player']}>
          {address === null ? (
            <p className={styles['facts']} role="status">
              <Trans>The recording is being unlocked …</Trans>
            </p>
          ) : (
            // What was said is nowhere in writing.
            // oxlint-disable-next-line jsx-a11y/media-has-caption -- see above
            <audio
              ref={sound}
              className={styles['sound']}
              controls
              src={address}
              aria-label={t`Recording of ${when}`}
              onLoadedMetadata={findLength}
            />
          )}
          <IconButton
            size="small"
            label={t`Erase the recording of ${when}`}
            hint={t`Erase this recording`}
            icon={<Trash2 aria-hidden="true" />}
            onPress={() => setAsked(true)}
          />
        </div>
      ) : null}
      <Dialog
        title={t`Erase this recording?`}
        isOpen={asked}
        onClose={() => setAsked(false)}
        role="alertdialog"
        actions={
          <>
            <Button onPress={() => setAsked(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button variant="end" onPress={erase}>
              {t({ message: 'Erase', comment: 'Button: erases a recording' })}
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            Nobody can hear it any more, and it cannot be brought back. The call itself stays in the
            timeline.
          </Trans>
        </p>
      </Dialog>
    </div>
  );
}
