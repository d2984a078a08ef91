"""The directory of partners as Open Referral HSDS 3.1: written to a file, and read from one."""
