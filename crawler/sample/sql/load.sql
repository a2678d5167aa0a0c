-- The nightly copy from the application to raw_data. It leaves out what no report needs: password hashes, phones of instructors, messages, devices and payout accounts.
INSERT INTO raw_data.students SELECT student_id, full_name, email, phone, country, language, birth_date, marketing_opt_in, is_staff, created_at FROM app.students;
INSERT INTO raw_data.addresses SELECT * FROM app.addresses;
INSERT INTO raw_data.instructors SELECT instructor_id, full_name, email, country, headline, joined_on FROM app.instructors;
INSERT INTO raw_data.categories SELECT * FROM app.categories;
INSERT INTO raw_data.courses SELECT * FROM app.courses;
INSERT INTO raw_data.lectures SELECT * FROM app.lectures;
INSERT INTO raw_data.enrollments SELECT * FROM app.enrollments;
INSERT INTO raw_data.payments SELECT * FROM app.payments;
INSERT INTO raw_data.refunds SELECT * FROM app.refunds;
INSERT INTO raw_data.reviews SELECT * FROM app.reviews;
INSERT INTO raw_data.logins SELECT * FROM app.logins;
INSERT INTO raw_data.lecture_views SELECT * FROM app.lecture_views;
INSERT INTO raw_data.support_tickets SELECT * FROM app.support_tickets;
