/** What is of this browser and not of a page: colours, spacing, language, keys, and the way out. */
import { useMutation } from '@tanstack/react-query';
import { signOut } from '../../api/session.ts';
import { changeAppearance } from '../../appearance.ts';
import { useAppearance } from '../../hooks/use-appearance.ts';
import { chooseLanguage, languageChoice, languageNames } from '../../language.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../kit/menu.tsx';
import { sayProblem } from '../kit/toast-queue.ts';

const words = strings.frame.tools;

const themes = [
  ['system', words.themes.system],
  ['light', words.themes.light],
  ['dark', words.themes.dark],
] as const;
const densities = [
  ['roomy', words.densities.roomy],
  ['dense', words.densities.dense],
] as const;

interface Props {
  onKeys: () => void;
}

export function ToolsMenu({ onKeys }: Props) {
  const { theme, density } = useAppearance();
  const leave = useMutation({ mutationFn: signOut, onError: sayProblem });
  const choice = languageChoice();
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className="quiet icon-button" aria-label={words.label} title={words.label}>
          <Icon name="settings" />
        </button>
      }
    >
      <MenuChoice
        label={words.theme}
        value={theme}
        options={themes}
        onChange={(next) => changeAppearance({ theme: next })}
      />
      <MenuLine />
      <MenuChoice
        label={words.density}
        value={density}
        options={densities}
        onChange={(next) => changeAppearance({ density: next })}
      />
      {languageNames.length > 1 && (
        <>
          <MenuLine />
          <MenuChoice
            label={words.language}
            value={choice ?? 'automatic'}
            options={[['automatic', words.automatic], ...languageNames]}
            onChange={(next) => chooseLanguage(next === 'automatic' ? null : next)}
          />
        </>
      )}
      <MenuLine />
      <MenuItem icon="keyboard" hint="?" onSelect={onKeys}>
        {words.keys}
      </MenuItem>
      <MenuItem icon="leave" onSelect={() => leave.mutate()}>
        {strings.identity.signOut}
      </MenuItem>
    </Menu>
  );
}
