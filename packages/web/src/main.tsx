/** The entry of the web application: its styles, its language, and then the rest. */
import { learnLanguage } from './language.ts';
import './styles/typeface.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/kit.css';
import './styles/layout.css';
import './styles/pages.css';
import './styles/reader.css';
import './styles/identity.css';
import './styles/print.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html lost its root element');
// Only then: its modules read their words as they load. Nothing is awaited here, since the application needs this module whole.
void learnLanguage()
  .then(() => import('./app.tsx'))
  .then(({ start }) => start(root));
