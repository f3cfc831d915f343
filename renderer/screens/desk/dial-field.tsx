import { useLingui } from '@lingui/react/macro';
import { Phone, Search } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import type { CustomerHit } from '../../../preload/contract/customers.ts';
import { EMOTIONS } from '../../../preload/contract/vocabulary.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { FeelingTag } from '../../components/feeling-tag.tsx';
import { KeyCap } from '../../components/key-cap.tsx';
import { useCustomerSearch } from '../../core-client/customer-queries.ts';
import { useCore } from '../../core-client/queries.ts';
import { useDialLinks } from '../../desk-state/dial-links.ts';
import { useFormats, useShownNumber } from '../../language/use-formats.ts';
import { emotionInWords } from '../../language/words/feelings.ts';
import { useKeys, useShortcut } from '../../shortcuts/shortcuts.tsx';
import { useDeskStore } from './desk-store.ts';
import styles from './dial-field.module.css';
import { isDialable } from './dial-target.ts';
import { afterSending, useCalls, useDial } from './use-calls.ts';

const NO_HITS: readonly CustomerHit[] = [];

function Hit({
  hit,
  id,
  active,
  onChoose,
}: {
  hit: CustomerHit;
  id: string;
  active: boolean;
  onChoose: () => void;
}) {
  const { i18n } = useLingui();
  const formats = useFormats();
  const shownNumber = useShownNumber();
  return (
    <div
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={active}
      className={classNames(styles['hit'], active && styles['active'])}
      onPointerDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      <span className={styles['name']}>{hit.name}</span>
      {hit.lastFeeling === null ? null : (
        <FeelingTag tone={EMOTIONS[hit.lastFeeling].tone}>
          {emotionInWords(i18n, hit.lastFeeling)}
        </FeelingTag>
      )}
      <span className={styles['detail']}>
        {[
          hit.company,
          hit.city,
          hit.number === null ? null : shownNumber(hit.number),
          hit.lastContactAt === null ? null : formats.relative(hit.lastContactAt),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </div>
  );
}

/** The one field for numbers and names, and the button that calls. For the top bar of every screen. */
export function DialField() {
  const { t } = useLingui();
  const keysOf = useKeys();
  const id = useId();
  const [, navigate] = useLocation();
  const core = useCore();
  const dial = useDial();
  const { mayDial } = useCalls();
  const showCustomer = useDeskStore((state) => state.showCustomer);
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const search = useCustomerSearch(text);
  const query = text.trim();
  const hits = query === '' ? NO_HITS : (search.data ?? NO_HITS);
  const listed = open && query !== '';
  useDialLinks((target) => {
    setText(target);
    setOpen(true);
    setChosen(-1);
    input.current?.focus();
  });
  useShortcut('focusField', () => {
    input.current?.focus();
    input.current?.select();
  });

  const close = () => {
    setText('');
    setOpen(false);
    setChosen(-1);
    // The desk has the keyboard again.
    input.current?.blur();
  };
  const openCustomer = (hit: CustomerHit) => {
    showCustomer(hit.id);
    navigate('/');
    close();
  };
  const callNow = (target: string, hit: CustomerHit | null) => {
    dial({ target, display: hit?.name ?? null, customerId: hit?.id ?? null });
    afterSending(() => {
      if (hit !== null) showCustomer(hit.id);
      navigate('/');
      close();
    });
  };
  /** Whom the text means: the chosen hit, or the first; undefined while the list is behind the text. */
  const knownHit = (): CustomerHit | null | undefined => {
    const picked = hits[chosen];
    if (picked !== undefined) return picked;
    if (query === '' || isDialable(query)) return null;
    if (search.data !== undefined && !search.isPlaceholderData) return hits[0] ?? null;
    return undefined;
  };
  const askForHit = async (): Promise<CustomerHit | null> => {
    const [first] = await core.customers.search({ query, limit: 1 }).catch(() => []);
    return first ?? null;
  };
  const call = async () => {
    const known = knownHit();
    // Without a wait: the INVITE leaves within the click.
    const hit = known === undefined ? await askForHit() : known;
    if (hit !== null && hit.number !== null) callNow(hit.number, hit);
    else if (hit !== null) openCustomer(hit);
    else if (isDialable(query)) callNow(query, null);
    else input.current?.focus();
  };
  const enter = async () => {
    const known = knownHit();
    const hit = known === undefined ? await askForHit() : known;
    if (hit !== null) openCustomer(hit);
    else if (isDialable(query) && mayDial) callNow(query, null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const places = hits.length + 1;
      // One place of the ring is "none", so that a typed number can be had back.
      setChosen(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void enter();
    } else if (event.key === 'Escape') {
      if (listed) setOpen(false);
      else setText('');
      setChosen(-1);
    }
  };

  const nothing =
    listed && search.data !== undefined && !search.isPlaceholderData && hits.length === 0;
  return (
    <search className={styles['dial']}>
      <div className={styles['field']}>
        <Search aria-hidden="true" className={styles['picture']} />
        <input
          ref={input}
          type="text"
          className={styles['input']}
          aria-label={t({
            message: 'Number or name',
            comment: 'The field for calling and searching',
          })}
          placeholder={t({
            message: 'Number or name',
            comment: 'The field for calling and searching',
          })}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={listed && hits.length > 0 ? id : undefined}
          aria-activedescendant={listed && chosen >= 0 ? `${id}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setChosen(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {text === '' ? (
          <span className={styles['key']}>
            <KeyCap>{keysOf('focusField')}</KeyCap>
          </span>
        ) : null}
        {listed && hits.length > 0 ? (
          <div role="listbox" id={id} aria-label={t`Found`} className={styles['list']}>
            {hits.map((hit, index) => (
              <Hit
                key={hit.id}
                hit={hit}
                id={`${id}-${index}`}
                active={index === chosen}
                onChoose={() => openCustomer(hit)}
              />
            ))}
          </div>
        ) : null}
        {nothing ? (
          <div className={classNames(styles['list'], styles['nothing'])}>
            {isDialable(query)
              ? t`Not in the book. Enter dials this number.`
              : t`Nobody found. Try another spelling or a number.`}
          </div>
        ) : null}
        <span role="status" className={styles['spoken']}>
          {listed && hits.length > 0 ? t`${hits.length} found` : null}
        </span>
      </div>
      <Button
        variant="primary"
        icon={<Phone aria-hidden="true" />}
        isDisabled={!mayDial}
        onPress={() => void call()}
        hint={t`Calls the number, or the chosen person`}
      >
        {t({ message: 'Call', comment: 'Button: dial, Anrufen' })}
      </Button>
    </search>
  );
}
