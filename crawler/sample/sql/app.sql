-- The application database of the course marketplace. Times are UTC text; amounts are hundredths of the currency.
CREATE TABLE app.students (
  student_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, phone TEXT,
  country TEXT NOT NULL, language TEXT NOT NULL, birth_date TEXT, password_hash TEXT NOT NULL,
  marketing_opt_in INTEGER NOT NULL DEFAULT 0, is_staff INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL);
CREATE TABLE app.addresses (
  address_id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students (student_id),
  street TEXT NOT NULL, city TEXT NOT NULL, postal_code TEXT, country TEXT NOT NULL);
CREATE TABLE app.instructors (
  instructor_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, phone TEXT,
  country TEXT NOT NULL, headline TEXT, joined_on TEXT NOT NULL);
CREATE TABLE app.payout_accounts (
  account_id INTEGER PRIMARY KEY, instructor_id INTEGER NOT NULL REFERENCES instructors (instructor_id),
  holder_name TEXT NOT NULL, iban TEXT, tax_id_kind TEXT, tax_id TEXT, verified_on TEXT);
CREATE TABLE app.categories (category_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE app.courses (
  course_id INTEGER PRIMARY KEY, instructor_id INTEGER NOT NULL REFERENCES instructors (instructor_id),
  category_id INTEGER NOT NULL REFERENCES categories (category_id), title TEXT NOT NULL, language TEXT NOT NULL,
  price_usd_cents INTEGER NOT NULL, status TEXT NOT NULL, published_on TEXT NOT NULL);
CREATE TABLE app.lectures (
  lecture_id INTEGER PRIMARY KEY, course_id INTEGER NOT NULL REFERENCES courses (course_id),
  position INTEGER NOT NULL, title TEXT NOT NULL, minutes INTEGER NOT NULL);
CREATE TABLE app.enrollments (
  enrollment_id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students (student_id),
  course_id INTEGER NOT NULL REFERENCES courses (course_id), channel TEXT NOT NULL, enrolled_at TEXT NOT NULL, completed_at TEXT);
CREATE TABLE app.payments (
  payment_id INTEGER PRIMARY KEY, enrollment_id INTEGER NOT NULL REFERENCES enrollments (enrollment_id),
  student_id INTEGER NOT NULL REFERENCES students (student_id), amount_cents INTEGER NOT NULL, tax_cents INTEGER NOT NULL,
  instructor_share_cents INTEGER NOT NULL, currency TEXT NOT NULL, method TEXT NOT NULL, receipt_email TEXT, status TEXT NOT NULL, paid_at TEXT NOT NULL);
CREATE TABLE app.refunds (
  refund_id INTEGER PRIMARY KEY, payment_id INTEGER NOT NULL REFERENCES payments (payment_id),
  amount_cents INTEGER NOT NULL, reason TEXT, refunded_at TEXT NOT NULL);
CREATE TABLE app.reviews (
  review_id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students (student_id),
  course_id INTEGER NOT NULL REFERENCES courses (course_id), stars INTEGER NOT NULL, body TEXT, created_at TEXT NOT NULL);
CREATE TABLE app.messages (
  message_id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students (student_id),
  instructor_id INTEGER NOT NULL REFERENCES instructors (instructor_id), sent_by TEXT NOT NULL, body TEXT NOT NULL, sent_at TEXT NOT NULL);
CREATE TABLE app.devices (
  device_id TEXT PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students (student_id),
  platform TEXT NOT NULL, push_token TEXT, last_seen_on TEXT NOT NULL);
CREATE TABLE app.logins (
  login_id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students (student_id),
  device_id TEXT REFERENCES devices (device_id), ip_address TEXT NOT NULL, logged_in_at TEXT NOT NULL);
CREATE TABLE app.lecture_views (
  view_id INTEGER PRIMARY KEY, student_id INTEGER NOT NULL REFERENCES students (student_id),
  lecture_id INTEGER NOT NULL REFERENCES lectures (lecture_id), seconds INTEGER NOT NULL, watched_at TEXT NOT NULL);
CREATE TABLE app.support_tickets (
  ticket_id INTEGER PRIMARY KEY, student_id INTEGER REFERENCES students (student_id), contact_email TEXT NOT NULL,
  subject TEXT NOT NULL, body TEXT, status TEXT NOT NULL, opened_at TEXT NOT NULL, answered_at TEXT);
CREATE INDEX app.enrollments_student ON enrollments (student_id);
CREATE INDEX app.logins_student ON logins (student_id);
CREATE INDEX app.lecture_views_student ON lecture_views (student_id);
