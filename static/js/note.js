/* The field for a wish: Alt+1 to 4 choose the service area, Alt+0 turns do into
   never. The hands stay on the keyboard, the eyes on the guest. */
(() => {
  'use strict';

  document.addEventListener('keydown', (e) => {
    if (!e.altKey || e.ctrlKey || e.metaKey || !/^Digit[0-4]$/.test(e.code)) return;
    const form = e.target instanceof Element && e.target.closest('form[data-note]');
    if (!form) return;
    const digit = Number(e.code.slice(5));
    if (digit === 0) {
      const acts = [...form.querySelectorAll('input[name="act"]')];
      const other = acts.find((a) => !a.checked);
      if (!other) return;
      e.preventDefault();
      other.click();
      return;
    }
    const area = form.querySelectorAll('input[name="area"]')[digit - 1];
    if (!area) return;
    e.preventDefault();
    area.click();
  });
})();
