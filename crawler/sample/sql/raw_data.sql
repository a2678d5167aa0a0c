-- Zone raw_data: what the nightly loads copy from the application and from outside, as it arrives.
CREATE TABLE raw_data.students (
  student_id INTEGER PRIMARY KEY, full_name TEXT, email TEXT, phone TEXT, country TEXT, language TEXT, birth_date TEXT,
  marketing_opt_in INTEGER, is_staff INTEGER, created_at TEXT);
CREATE TABLE raw_data.addresses (address_id INTEGER PRIMARY KEY, student_id INTEGER, street TEXT, city TEXT, postal_code TEXT, country TEXT);
CREATE TABLE raw_data.instructors (
  instructor_id INTEGER PRIMARY KEY, full_name TEXT, email TEXT, country TEXT, headline TEXT, joined_on TEXT);
CREATE TABLE raw_data.categories (category_id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE raw_data.courses (
  course_id INTEGER PRIMARY KEY, instructor_id INTEGER, category_id INTEGER, title TEXT, language TEXT,
  price_usd_cents INTEGER, status TEXT, published_on TEXT);
CREATE TABLE raw_data.lectures (lecture_id INTEGER PRIMARY KEY, course_id INTEGER, position INTEGER, title TEXT, minutes INTEGER);
CREATE TABLE raw_data.enrollments (
  enrollment_id INTEGER PRIMARY KEY, student_id INTEGER, course_id INTEGER, channel TEXT, enrolled_at TEXT, completed_at TEXT);
CREATE TABLE raw_data.payments (
  payment_id INTEGER PRIMARY KEY, enrollment_id INTEGER, student_id INTEGER, amount_cents INTEGER, tax_cents INTEGER,
  instructor_share_cents INTEGER, currency TEXT, method TEXT, receipt_email TEXT, status TEXT, paid_at TEXT);
CREATE TABLE raw_data.refunds (refund_id INTEGER PRIMARY KEY, payment_id INTEGER, amount_cents INTEGER, reason TEXT, refunded_at TEXT);
CREATE TABLE raw_data.reviews (review_id INTEGER PRIMARY KEY, student_id INTEGER, course_id INTEGER, stars INTEGER, body TEXT, created_at TEXT);
CREATE TABLE raw_data.logins (login_id INTEGER PRIMARY KEY, student_id INTEGER, device_id TEXT, ip_address TEXT, logged_in_at TEXT);
CREATE TABLE raw_data.lecture_views (view_id INTEGER PRIMARY KEY, student_id INTEGER, lecture_id INTEGER, seconds INTEGER, watched_at TEXT);
CREATE TABLE raw_data.support_tickets (
  ticket_id INTEGER PRIMARY KEY, student_id INTEGER, contact_email TEXT, subject TEXT, body TEXT, status TEXT, opened_at TEXT, answered_at TEXT);
CREATE TABLE raw_data.fx_rates (day TEXT, currency TEXT, usd_rate REAL, PRIMARY KEY (day, currency));
CREATE TABLE raw_data.ad_spend (day TEXT, campaign TEXT, channel TEXT, country TEXT, clicks INTEGER, spend_usd REAL);
CREATE TABLE raw_data.email_sends (send_id INTEGER PRIMARY KEY, recipient TEXT, campaign TEXT, sent_at TEXT, opened INTEGER);
CREATE TABLE raw_data.dashboard_views (viewed_on TEXT, tool TEXT, dashboard TEXT, viewer TEXT, views INTEGER);
