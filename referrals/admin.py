"""The office pages of referrals: none yet that the pages of the application do not give better."""
