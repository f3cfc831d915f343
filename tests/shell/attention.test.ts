import { describe, expect, it } from 'vitest';
import { createAttention } from '../../main/shell/attention.ts';

function desk(focused: boolean): {
  done: string[];
  attention: ReturnType<typeof createAttention>;
  click: () => void;
} {
  const done: string[] = [];
  let click = (): void => undefined;
  const attention = createAttention({
    title: () => 'Incoming call',
    window: () => ({
      isDestroyed: () => false,
      isFocused: () => focused,
      isMinimized: () => false,
      showInactive: () => done.push('shown'),
      show: () => done.push('opened'),
      focus: () => done.push('focused'),
      moveTop: () => done.push('moved up'),
      flashFrame: (on: boolean) => done.push(`flash ${on}`),
      setVisibleOnAllWorkspaces: (on: boolean) => done.push(`everywhere ${on}`),
      setAlwaysOnTop: (on: boolean) => done.push(`on top ${on}`),
    }),
    notify: ({ body }) => ({
      show: () => done.push(`said ${body}`),
      close: () => done.push('taken back'),
      on: ((_event: string, listener: () => void) => {
        click = listener;
      }) as never,
    }),
  });
  return { done, attention, click: () => click() };
}

describe('a ring behind other windows', () => {
  it('brings the desk up without taking the keyboard, flashes and says who calls', () => {
    const { done, attention } = desk(false);
    attention.ring('Matthias Vogt');
    expect(done).toEqual(['shown', 'on top true', 'moved up', 'flash true', 'said Matthias Vogt']);
  });

  it('says it once, and again when the caller becomes known', () => {
    const { done, attention } = desk(false);
    attention.ring('+49 561 9990021');
    attention.ring('+49 561 9990021');
    attention.ring('Matthias Vogt');
    expect(done.filter((what) => what.startsWith('said'))).toEqual([
      'said +49 561 9990021',
      'said Matthias Vogt',
    ]);
  });

  it('leaves an agent alone who is looking at the desk already', () => {
    const { done, attention } = desk(true);
    attention.ring('Matthias Vogt');
    expect(done).toEqual([]);
  });

  it('is only announced when the setting keeps the desk where it is', () => {
    const { done, attention } = desk(false);
    attention.place({ ringInFront: false, ringOverFullScreen: false });
    attention.ring('Matthias Vogt');
    expect(done).toEqual(['flash true', 'said Matthias Vogt']);
  });

  it('comes over programs that fill the screen by setting, and leaves them in the end', () => {
    const { done, attention } = desk(false);
    attention.place({ ringInFront: true, ringOverFullScreen: true });
    attention.ring('Matthias Vogt');
    expect(done.slice(0, 3)).toEqual(['everywhere true', 'shown', 'on top true']);
    attention.quiet();
    expect(done.at(-1)).toBe('everywhere false');
  });

  it('opens the desk on a click and takes everything back in the end', () => {
    const { done, attention, click } = desk(false);
    attention.ring('Matthias Vogt');
    click();
    attention.quiet();
    expect(done.slice(5)).toEqual([
      'opened',
      'focused',
      'taken back',
      'flash false',
      'on top false',
    ]);
  });
});
