// Colours and spacing before anything is painted; src/appearance.ts keeps what it reads. A file, since nothing inline may run.
try {
  const { theme, density } = JSON.parse(localStorage.getItem('vivim:appearance') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  if (density === 'dense') document.documentElement.dataset.density = density;
} catch {
  // Nothing is stored here, or nothing that can be read: the usual looks.
}
