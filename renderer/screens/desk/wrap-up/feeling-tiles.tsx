import { Trans, useLingui } from '@lingui/react/macro';
import { EMOTION_IDS, EMOTIONS, type Emotion } from '../../../../preload/contract/vocabulary.ts';
import type { Feeling } from '../../../../preload/contract/shapes.ts';
import { Button } from '../../../components/button.tsx';
import { TileGroup, type Tile } from '../../../components/tile-group.tsx';
import { emotionInWords, feelingInWords } from '../../../language/words/feelings.ts';
import { FEELING_KEYS, UNKNOWN_KEY } from './feeling-keys.ts';
import styles from './wrap-up-panel.module.css';
import type { WrapUpAction, WrapUpForm } from './wrap-up-form.ts';

const STRENGTH: Record<Feeling['intensity'], string> = { 0.5: '•', 0.75: '••', 1: '•••' };

interface FeelingTilesProps {
  form: Pick<WrapUpForm, 'end' | 'peak'>;
  change: (action: WrapUpAction) => void;
}

/** Twelve tiles and "don't know"; with Shift a tile marks the peak. */
export function FeelingTiles({ form, change }: FeelingTilesProps) {
  const { t, i18n } = useLingui();
  const keys = FEELING_KEYS[i18n.locale === 'de' ? 'de' : 'en'];
  const { end, peak } = form;
  const choose = (value: Emotion | 'unknown', how: { shift: boolean }) => {
    if (value === 'unknown') change({ type: 'unknownFeeling' });
    else change({ type: 'feeling', emotion: value, part: how.shift ? 'peak' : 'end' });
  };
  const peakWord = t({
    message: 'Peak',
    comment: 'The strongest feeling within the call: Höhepunkt',
  });
  const tiles: Tile<Emotion | 'unknown'>[] = [
    ...EMOTION_IDS.map((emotion) => ({
      value: emotion,
      text: emotionInWords(i18n, emotion),
      keys: keys[emotion],
      tone: EMOTIONS[emotion].tone,
      detail:
        end !== null && end !== 'unknown' && end.emotion === emotion && emotion !== 'neutral'
          ? STRENGTH[end.intensity]
          : null,
      mark: peak?.emotion === emotion ? { text: peakWord, label: t`Peak of the call` } : null,
    })),
    {
      value: 'unknown',
      text: t({ message: 'Don’t know', comment: 'Tile: the feeling at the end is not known' }),
      keys: UNKNOWN_KEY,
      tone: 'plain',
    },
  ];
  const surprised =
    end !== null && end !== 'unknown' && end.emotion === 'surprise'
      ? end
      : peak?.emotion === 'surprise'
        ? peak
        : null;
  const said = [
    end === null
      ? null
      : end === 'unknown'
        ? t({ message: 'End: not known', comment: 'The feeling at the end' })
        : t({ message: `End: ${feelingInWords(i18n, end)}`, comment: 'The feeling at the end' }),
    peak === null
      ? null
      : t({ message: `Peak: ${feelingInWords(i18n, peak)}`, comment: 'The strongest feeling' }),
  ].filter((part) => part !== null);
  return (
    <div className={styles['feelings']}>
      <TileGroup
        label={t({
          message: 'Feeling at the end',
          comment: 'Radio group: what the customer felt at the end',
        })}
        columns={3}
        tiles={tiles}
        value={end === null ? null : end === 'unknown' ? 'unknown' : end.emotion}
        onChange={choose}
        onRepeat={choose}
        description={
          said.length === 0 ? (
            <Trans>Press the letter; again for stronger, with Shift for the peak.</Trans>
          ) : (
            said.join(' · ')
          )
        }
      />
      {surprised === null && peak === null ? null : (
        <div className={styles['extra']}>
          {surprised === null ? null : (
            <>
              <Button
                size="small"
                keys="+"
                variant={surprised.sign === 1 ? 'primary' : 'secondary'}
                onPress={() => change({ type: 'sign', sign: 1 })}
              >
                <Trans>pleasant</Trans>
              </Button>
              <Button
                size="small"
                keys="−"
                variant={surprised.sign === -1 ? 'primary' : 'secondary'}
                onPress={() => change({ type: 'sign', sign: -1 })}
              >
                <Trans>unpleasant</Trans>
              </Button>
            </>
          )}
          {peak === null ? null : (
            <Button size="small" variant="link" onPress={() => change({ type: 'clearPeak' })}>
              <Trans>Remove the peak</Trans>
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
