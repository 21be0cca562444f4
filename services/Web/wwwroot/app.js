// Small things that only the browser can do. Loaded before the page is painted; no inline script anywhere (see the Content-Security-Policy).
(() => {
  const year = 365 * 24 * 3600;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const remember = (name, value) => (document.cookie = `${name}=${value}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`);
  const remembered = (name) => document.cookie.split("; ").find((c) => c.startsWith(name + "="))?.slice(name.length + 1);

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && remembered("tz") !== zone) remember("tz", zone);

  // The first visit follows the system; after that the person's own choice counts.
  if (!remembered("theme")) {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    remember("theme", dark ? "dark" : "light");
    if (dark && document.documentElement.dataset.theme !== "dark") location.reload();
  }

  window.contacts = {
    setTheme(theme) {
      remember("theme", theme);
      document.documentElement.dataset.theme = theme;
    },
  };

  document.addEventListener("keydown", (e) => {
    const typing = e.target.closest?.("input, textarea, select, [contenteditable]");
    if (e.key !== "/" || typing || e.ctrlKey || e.metaKey || e.altKey) return;
    const search = document.getElementById("search");
    if (search) {
      e.preventDefault();
      search.focus();
      search.select();
    }
  });
})();
