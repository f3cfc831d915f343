import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useState } from 'react';
import { connectionProblemInWords } from '../../language/words/connection.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useFormats } from '../../language/use-formats.ts';
import { AccountMore } from './account-more.tsx';
import type { AccountFieldProblem, AccountText } from './account-form.ts';
import styles from './section.module.css';
import { type AccountOutcome, useAccountWork } from './use-account-work.ts';

export function AccountSection() {
  const { t, i18n } = useLingui();
  const work = useAccountWork();
  const [asked, setAsked] = useState(false);

  const field = (name: AccountText) => ({
    value: work.form[name],
    onChange: (value: string) => work.enter({ ...work.form, [name]: value }),
    error: fieldProblemInWords(i18n, work.problems[name]),
    spellCheck: false,
    autoComplete: 'off',
  });

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void work.save();
      }}
    >
      <TextField
        label={t`Server address`}
        description={t`Begins with wss://, for example wss://pbx.example.com:7443/ws. Unencrypted ws:// is accepted to this computer only, because anyone on the way could listen in.`}
        inputMode="url"
        isRequired
        {...field('server')}
      />
      <div className={styles['pair']}>
        <TextField label={t`User`} isRequired {...field('user')} />
        <TextField
          label={t({ message: 'Domain', comment: 'SIP domain' })}
          description={t`What stands behind the @ of your SIP address.`}
          isRequired
          {...field('domain')}
        />
      </div>
      <div className={styles['pair']}>
        <TextField
          label={t`Authentication user`}
          description={t`Only where it differs from the user.`}
          {...field('authUser')}
        />
        <TextField
          label={t`Password`}
          type="password"
          description={
            work.passwordKept ? t`A password is stored. Leave this empty to keep it.` : undefined
          }
          isRequired={!work.passwordKept}
          {...field('password')}
          autoComplete="new-password"
        />
      </div>
      <TextField
        label={t`Display name`}
        description={t`What the other side may see when you call.`}
        {...field('displayName')}
      />
      <AccountMore
        form={work.form}
        onChange={work.enter}
        field={field}
        iceError={fieldProblemInWords(i18n, work.problems.iceServers)}
        opened={
          work.problems.furtherServers !== undefined ||
          work.problems.iceServers !== undefined ||
          work.problems.mailbox !== undefined
        }
      />
      <Outcome outcome={work.outcome} />
      <div className={styles['buttons']}>
        <Button type="submit" variant="primary" isPending={work.busy === 'save'}>
          <Trans>Save</Trans>
        </Button>
        <Button onPress={() => void work.test()} isPending={work.busy === 'test'}>
          {t({ message: 'Test', comment: 'Button: tries the account' })}
        </Button>
        {work.changed ? (
          <Button variant="quiet" onPress={work.discard}>
            <Trans>Discard changes</Trans>
          </Button>
        ) : null}
        {work.stored ? (
          <Button variant="quiet" onPress={() => setAsked(true)}>
            <Trans>Remove the account</Trans>
          </Button>
        ) : null}
      </div>
      <Dialog
        title={t`Remove the account?`}
        isOpen={asked}
        onClose={() => setAsked(false)}
        actions={
          <>
            <Button onPress={() => setAsked(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button
              variant="primary"
              onPress={() => {
                setAsked(false);
                void work.remove();
              }}
            >
              <Trans>Remove</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            The desk then works on the practice line. Customers, calls and figures stay as they are;
            the password is deleted.
          </Trans>
        </p>
      </Dialog>
    </form>
  );
}

function Outcome({ outcome }: { outcome: AccountOutcome | null }) {
  const { i18n } = useLingui();
  const formats = useFormats();
  switch (outcome?.kind) {
    case undefined:
      return null;
    case 'registered': {
      const seconds = formats.number(outcome.ms / 1_000, 2);
      return (
        <Notice announce>
          <Trans>It works: the server accepted the account after {seconds} seconds.</Trans>
        </Notice>
      );
    }
    case 'failed':
      return (
        <Notice tone="problem">
          {connectionProblemInWords(i18n, outcome.problem)}
          {outcome.sipCode === null ? null : <> (SIP {outcome.sipCode})</>}
        </Notice>
      );
    case 'saved':
      return (
        <Notice announce>
          <Trans>Saved. The telephone uses this account now.</Trans>
        </Notice>
      );
    case 'savedWaiting':
      return (
        <Notice tone="caution" announce>
          <Trans>Saved. The telephone changes to this account when the call is over.</Trans>
        </Notice>
      );
    case 'removed':
      return (
        <Notice announce>
          <Trans>The account is removed. The desk works on the practice line.</Trans>
        </Notice>
      );
    case 'reloading':
      return (
        <Notice announce>
          <Trans>The window reloads to be allowed to reach this server …</Trans>
        </Notice>
      );
    case 'callUp':
      return (
        <Notice tone="caution" announce>
          <Trans>
            This window must reload before it can reach this server. It does so when the call is
            over, and then goes on with the test.
          </Trans>
        </Notice>
      );
    case 'core':
      return <Notice tone="problem">{coreProblemInWords(i18n, outcome.problem)}</Notice>;
    default:
      return null;
  }
}

function fieldProblemInWords(i18n: I18n, problem: AccountFieldProblem | undefined): string | null {
  switch (problem) {
    case undefined:
      return null;
    case 'missing':
      return i18n._(msg`This is needed.`);
    case 'notAnAddress':
      return i18n._(
        msg`This is not a server address. It looks like wss://pbx.example.com:7443/ws.`,
      );
    case 'plainOnlyToLoopback':
      return i18n._(
        msg`Use wss:// here. Without encryption (ws://) anyone on the way could listen in and read the password’s proof, so it is accepted to this computer only.`,
      );
    case 'userMalformed':
      return i18n._(msg`Only the user, without spaces and without what stands behind the @.`);
    case 'domainMalformed':
      return i18n._(msg`Only a host name, for example pbx.example.com.`);
    case 'iceMalformed':
      return i18n._(
        msg`An address here is not complete. They look like stun:stun.example.com:3478 or turn:turn.example.com:3478?transport=udp.`,
      );
    case 'tooMany':
      return i18n._(msg`At most five addresses are tried.`);
    case 'refused':
      return i18n._(msg`This cannot be stored as it is.`);
  }
}
