/** The tab that the person is in. */
export async function activeTab(): Promise<chrome.tabs.Tab | undefined> {
	const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
	return tab;
}
