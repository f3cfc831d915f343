import { useLingui } from '@lingui/react';
import type { Feeling } from '../../../preload/contract/shapes.ts';
import { EMOTIONS } from '../../../preload/contract/vocabulary.ts';
import { FeelingTag } from '../../components/feeling-tag.tsx';
import { emotionInWords, feelingInWords } from '../../language/words/feelings.ts';

const STRENGTH: Record<Feeling['intensity'], 1 | 2 | 3> = { 0.5: 1, 0.75: 2, 1: 3 };

/** A feeling with its intensity, short enough for a line of a list; spoken in full. */
export function Felt({ feeling, shape = 'pill' }: { feeling: Feeling; shape?: 'pill' | 'text' }) {
  const { i18n } = useLingui();
  return (
    <FeelingTag
      shape={shape}
      tone={EMOTIONS[feeling.emotion].tone}
      strength={feeling.emotion === 'neutral' ? null : STRENGTH[feeling.intensity]}
      spoken={feelingInWords(i18n, feeling)}
    >
      {emotionInWords(i18n, feeling.emotion)}
    </FeelingTag>
  );
}
