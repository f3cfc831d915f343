import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { TileGroup } from '../../components/tile-group.tsx';
import { languageAskedFor, languageFor } from '../../language/choice.ts';
import { forgetLanguageAskedFor, speak } from '../../language/language.ts';
import { coreProblemInWords } from '../../language/words/problems.ts';
import { useChangeSettings } from './use-change-settings.ts';

export function LookSection() {
  const { t, i18n } = useLingui();
  const { settings, change, problem } = useChangeSettings();
  const language = languageAskedFor(location.search) ?? settings.language ?? 'system';
  return (
    <>
      {problem === null ? null : (
        <Notice tone="problem">{coreProblemInWords(i18n, problem)}</Notice>
      )}
      <TileGroup
        label={t`Language`}
        value={language}
        columns={3}
        tiles={[
          { value: 'system', text: t({ message: 'As the system', comment: 'Language or theme' }) },
          { value: 'de', text: 'Deutsch' },
          { value: 'en', text: 'English' },
        ]}
        onChange={(value) => {
          const chosen = value === 'system' ? null : value;
          forgetLanguageAskedFor();
          speak(languageFor(null, chosen, navigator.languages));
          change({ language: chosen });
        }}
      />
      <TileGroup
        label={t({ message: 'Appearance', comment: 'Light or dark' })}
        value={settings.theme}
        columns={3}
        tiles={[
          { value: 'system', text: t({ message: 'As the system', comment: 'Language or theme' }) },
          { value: 'light', text: t({ message: 'Light', comment: 'Appearance: hell' }) },
          { value: 'dark', text: t({ message: 'Dark', comment: 'Appearance: dunkel' }) },
        ]}
        onChange={(theme) => change({ theme })}
      />
      <AgentName
        key={settings.agentName}
        stored={settings.agentName}
        onChange={(agentName) => change({ agentName })}
      />
    </>
  );
}

/** Stored when the field is left; an empty name is said and not stored. */
function AgentName({ stored, onChange }: { stored: string; onChange: (name: string) => void }) {
  const { t } = useLingui();
  const [name, setName] = useState(stored);
  const empty = name.trim() === '';
  return (
    <TextField
      label={t`Your name`}
      description={t`Stands beside your notes and promises.`}
      value={name}
      onChange={setName}
      autoComplete="name"
      maxLength={200}
      error={empty ? t`Enter a name, so that others know who promised what.` : null}
      onBlur={() => {
        if (!empty && name.trim() !== stored) onChange(name.trim());
      }}
    />
  );
}
