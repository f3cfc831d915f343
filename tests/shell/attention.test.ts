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

const vogt = { callId: 'a', caller: 'Matthias Vogt' };
const demir = { callId: 'b', caller: 'Elif Demir' };

describe('a ring behind other windows', () => {
  it('brings the desk up without taking the keyboard, flashes and says who calls', () => {
    const { done, attention } = desk(false);
    attention.ring(vogt);
    expect(done).toEqual(['shown', 'on top true', 'moved up', 'flash true', 'said Matthias Vogt']);
  });

  it('says it once, and again when the caller becomes known', () => {
    const { done, attention } = desk(false);
    attention.ring({ ...vogt, caller: '+49 561 9990021' });
    attention.ring({ ...vogt, caller: '+49 561 9990021' });
    attention.ring(vogt);
    expect(done.slice(3)).toEqual([
      'flash true',
      'said +49 561 9990021',
      'taken back',
      'said Matthias Vogt',
    ]);
  });

  it('leaves an agent alone who is looking at the desk already', () => {
    const { done, attention } = desk(true);
    attention.ring(vogt);
    expect(done).toEqual([]);
  });

  it('is only announced when the setting keeps the desk where it is', () => {
    const { done, attention } = desk(false);
    attention.place({ ringInFront: false, ringOverFullScreen: false });
    attention.ring(vogt);
    expect(done).toEqual(['flash true', 'said Matthias Vogt']);
  });

  it('comes over programs that fill the screen by setting, and leaves them in the end', () => {
    const { done, attention } = desk(false);
    attention.place({ ringInFront: true, ringOverFullScreen: true });
    attention.ring(vogt);
    expect(done.slice(0, 3)).toEqual(['everywhere true', 'shown', 'on top true']);
    attention.quiet();
    expect(done.at(-1)).toBe('everywhere false');
  });

  it('opens the desk on a click and takes everything back in the end', () => {
    const { done, attention, click } = desk(false);
    attention.ring(vogt);
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

describe('a second call', () => {
  it('brings the desk up again, over full screens as the first did, and both leave together', () => {
    const { done, attention } = desk(false);
    attention.place({ ringInFront: true, ringOverFullScreen: true });
    attention.ring(vogt);
    done.length = 0;
    attention.ring(demir);
    expect(done).toEqual([
      'taken back',
      'everywhere true',
      'shown',
      'on top true',
      'moved up',
      'flash true',
      'said Elif Demir',
    ]);
    attention.quiet();
    expect(done.at(-1)).toBe('everywhere false');
  });

  it('asks for the agent although its caller has the same name, or none', () => {
    const { done, attention } = desk(false);
    attention.ring({ callId: 'a', caller: '' });
    attention.ring({ callId: 'b', caller: '' });
    expect(done.filter((what) => what === 'moved up')).toHaveLength(2);
  });

  it('gives up: the words are the first caller’s again, without another push forward', () => {
    const { done, attention } = desk(false);
    attention.ring(vogt);
    attention.ring(demir);
    done.length = 0;
    attention.ring(vogt);
    expect(done).toEqual(['taken back', 'said Matthias Vogt']);
  });

  it('after a quiet desk is a first call again', () => {
    const { done, attention } = desk(false);
    attention.ring(vogt);
    attention.quiet();
    done.length = 0;
    attention.ring(vogt);
    expect(done.slice(0, 3)).toEqual(['shown', 'on top true', 'moved up']);
  });
});
