import {
  Label,
  Slider as AriaSlider,
  SliderOutput,
  SliderThumb,
  SliderTrack,
} from 'react-aria-components';
import styles from './slider.module.css';

interface SliderProps {
  label: string;
  /** 0–1. */
  value: number;
  onChange: (value: number) => void;
  /** When the agent lets go. */
  onChangeEnd?: (value: number) => void;
}

/** A share between nothing and all. */
export function Slider({ label, value, onChange, onChangeEnd }: SliderProps) {
  return (
    <AriaSlider
      className={styles['slider'] ?? ''}
      value={value}
      onChange={onChange}
      {...(onChangeEnd
        ? { onChangeEnd: (next: number | number[]) => onChangeEnd(Number(next)) }
        : {})}
      minValue={0}
      maxValue={1}
      step={0.05}
      formatOptions={{ style: 'percent' }}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <SliderOutput className={styles['output'] ?? ''} />
      <SliderTrack className={styles['track'] ?? ''}>
        <SliderThumb className={styles['thumb'] ?? ''} />
      </SliderTrack>
    </AriaSlider>
  );
}
