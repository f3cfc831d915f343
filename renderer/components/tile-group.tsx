import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { KeyCap } from './key-cap.tsx';
import styles from './tile-group.module.css';

export type Tone = 'blue' | 'gold' | 'warm' | 'plain';

export interface Tile<Value extends string> {
  value: Value;
  text: string;
  /** The key that chooses it while the group's form has the keyboard. */
  keys?: string | undefined;
  tone?: Tone;
  /** More about the choice once it is made, for example how strong. */
  detail?: ReactNode;
  /** A mark in the corner, with its words. */
  mark?: { text: string; label: string } | null;
}

interface TileGroupProps<Value extends string> {
  label: string;
  tiles: readonly Tile<Value>[];
  value: Value | null;
  onChange: (value: Value, how: { shift: boolean }) => void;
  /** The chosen tile was pressed once more. */
  onRepeat?: (value: Value, how: { shift: boolean }) => void;
  columns?: number;
  error?: string | null | undefined;
  description?: ReactNode;
}

/** A radio group whose choices are tiles; arrow keys move within it, as in every radio group. */
export function TileGroup<Value extends string>(props: TileGroupProps<Value>) {
  const id = useId();
  const below = [
    props.description == null ? null : `${id}-d`,
    props.error == null ? null : `${id}-e`,
  ];
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-l`}
      aria-describedby={classNames(...below) || undefined}
      aria-invalid={props.error == null ? undefined : true}
      className={styles['group']}
    >
      <span id={`${id}-l`} className={styles['label']}>
        {props.label}
      </span>
      <div
        className={classNames(styles['tiles'], props.columns === undefined && styles['flow'])}
        style={
          props.columns === undefined
            ? undefined
            : { gridTemplateColumns: `repeat(${props.columns}, minmax(0, 1fr))` }
        }
      >
        {props.tiles.map((tile) => {
          const chosen = tile.value === props.value;
          return (
            <label
              key={tile.value}
              className={classNames(
                styles['tile'],
                styles[tile.tone ?? 'accent'],
                chosen && styles['chosen'],
              )}
            >
              <input
                type="radio"
                className={styles['input']}
                name={id}
                value={tile.value}
                checked={chosen}
                aria-label={tile.text}
                onChange={(event) => {
                  const native = event.nativeEvent;
                  props.onChange(tile.value, {
                    shift: native instanceof MouseEvent && native.shiftKey,
                  });
                }}
                onClick={(event) => {
                  if (chosen) props.onRepeat?.(tile.value, { shift: event.shiftKey });
                }}
              />
              <span className={styles['text']}>{tile.text}</span>
              {tile.detail == null ? null : <span className={styles['detail']}>{tile.detail}</span>}
              {tile.mark == null ? null : (
                <span className={styles['mark']} title={tile.mark.label}>
                  {tile.mark.text}
                </span>
              )}
              {tile.keys === undefined ? null : <KeyCap>{tile.keys}</KeyCap>}
            </label>
          );
        })}
      </div>
      {props.description == null ? null : (
        <span id={`${id}-d`} className={styles['description']}>
          {props.description}
        </span>
      )}
      {props.error == null ? null : (
        <span id={`${id}-e`} className={styles['error']}>
          {props.error}
        </span>
      )}
    </div>
  );
}
