import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { OutsideLink } from '../../../../preload/contract/api.ts';
import {
  LINK_PLACES,
  type LinkTemplateProblem,
  linkTemplateProblem,
} from '../../../../preload/contract/link-template.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { Switch } from '../../../components/toggle.tsx';
import { useCore } from '../../../core-client/queries.ts';
import styles from './connections.module.css';
import { Part } from './part.tsx';
import { useConnectionWork } from './use-connection-work.ts';

const PLACES = [...LINK_PLACES.map((place) => `{${place}}`), '{custom.key}'].join(' ');

/** Pages of other systems that a click on the desk opens. */
export function OutsideLinksPart({ links }: { links: readonly OutsideLink[] }) {
  const { t } = useLingui();
  const core = useCore();
  const { busy, problem, run } = useConnectionWork();
  const [label, setLabel] = useState('');
  const [url, setUrl] = useState('');
  const trouble = url.trim() === '' ? null : linkTemplateProblem(url);
  const words: Record<LinkTemplateProblem, string> = {
    notHttps: t`Enter an address that begins with https://.`,
    placeInHost: t`Places in braces may stand behind the name of the server only.`,
    credentials: t`An address must not hold a user name.`,
    unknownPlace: t`There is a place in braces that the desk does not know.`,
  };
  const ready = label.trim() !== '' && url.trim() !== '' && trouble === null;
  const add = async () => {
    const made = await run(() =>
      core.connections.addLink({ label: label.trim(), url: url.trim() }),
    );
    if (made === null) return;
    setLabel('');
    setUrl('');
  };
  return (
    <Part
      title={t({ message: 'Links', comment: 'Settings: into other systems' })}
      about={t`They stand with the caller and with the customer as soon as everything that they need is known.`}
      problem={problem}
    >
      {links.length === 0 ? null : (
        <ul className={styles['list']} aria-label={t`Links into other systems`}>
          {links.map((link) => (
            <li key={link.linkId} className={styles['row']}>
              <span className={styles['what']}>
                <span className={styles['name']}>{link.label}</span>
                <span>{link.url}</span>
                <Switch
                  isSelected={link.openOnAnswer}
                  onChange={(openOnAnswer) =>
                    void run(() =>
                      core.connections.changeLink({ linkId: link.linkId, openOnAnswer }),
                    )
                  }
                >
                  <Trans>Open {link.label} when a call is answered</Trans>
                </Switch>
              </span>
              <Button
                size="small"
                label={t`Remove ${link.label}`}
                onPress={() => void run(() => core.connections.removeLink({ linkId: link.linkId }))}
              >
                <Trans>Remove</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TextField
        label={t`Words on the link`}
        value={label}
        onChange={setLabel}
        maxLength={60}
        placeholder={t`Open in CRM`}
      />
      <TextField
        label={t`Address of the page`}
        value={url}
        onChange={setUrl}
        maxLength={1_000}
        spellCheck={false}
        placeholder="https://crm.example/contact/{externalId}"
        description={t`Places that are filled in: ${PLACES}`}
        error={trouble === null ? null : words[trouble]}
      />
      <div className={styles['buttons']}>
        <Button
          icon={<Plus aria-hidden="true" />}
          isDisabled={!ready}
          isPending={busy}
          onPress={() => void add()}
        >
          <Trans>Add link</Trans>
        </Button>
      </div>
    </Part>
  );
}
